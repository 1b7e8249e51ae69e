import { useBlocker } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { ConfirmModal } from './confirm'

/** Asks before unsaved words are left behind: `<UnsavedGuard when={form.isDirty()} />`. Also when the tab is closed. */
export function UnsavedGuard({ when }: { when: boolean }) {
  const t = useTranslations('common')
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => when && current.pathname !== next.pathname,
    enableBeforeUnload: when,
    withResolver: true,
  })
  return (
    <ConfirmModal
      opened={status === 'blocked'}
      onClose={() => reset?.()}
      onConfirm={() => proceed?.()}
      title={t('unsavedTitle')}
      confirmLabel={t('leaveAnyway')}
      danger
    >
      {t('unsavedText')}
    </ConfirmModal>
  )
}
