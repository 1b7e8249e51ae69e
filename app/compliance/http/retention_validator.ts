import vine from '@vinejs/vine'
import { retentionKinds, type RetentionKind } from '#identity'

const days = (kind: RetentionKind) =>
  vine.number().withoutDecimals().range([retentionKinds[kind].least, retentionKinds[kind].most]).optional()

export const retentionValidator = vine.create({
  days: vine.object({
    import_files: days('import_files'),
    import_rejects: days('import_rejects'),
    import_undo: days('import_undo'),
    message_bodies: days('message_bodies'),
    service_mail: days('service_mail'),
    engagements: days('engagements'),
    origins: days('origins'),
    proof_origins: days('proof_origins'),
    unconfirmed: days('unconfirmed'),
    quarantine: days('quarantine'),
    provider_events: days('provider_events'),
    request_notes: days('request_notes'),
  }),
  /** What a shorter time makes too old may go. */
  confirmed: vine.boolean({ strict: true }).optional(),
})
