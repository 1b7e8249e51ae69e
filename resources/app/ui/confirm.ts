import { onDemand } from './on_demand'

/** Before the few things that cannot be taken back; its code comes with the first question (confirm_modal.tsx). */
export const ConfirmModal = onDemand(() => import('./confirm_modal'), 'ConfirmModal')
