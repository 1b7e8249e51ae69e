import { Button, CloseButton, Text } from '@mantine/core'
import { IconMailForward, IconX } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import { SelectionBar } from '~/ui'
import type { Quarantined } from './quarantine'

/** What can be done with those that are ticked. Comes up from below, where a thumb is. */
export function JudgeBar({
  chosen,
  isBusy,
  onApprove,
  onReject,
  onClear,
}: {
  chosen: Quarantined[]
  isBusy: boolean
  onApprove: () => void
  onReject: () => void
  onClear: () => void
}) {
  const t = useTranslations('quarantine')
  if (chosen.length === 0) return null
  return (
    <SelectionBar label={t('bar.title')}>
      <Text size="sm" fw={600} aria-live="polite">
        {t('bar.chosen', { count: chosen.length })}
      </Text>
      <Button size="sm" leftSection={<IconMailForward size={16} aria-hidden />} loading={isBusy} onClick={onApprove}>
        {t('approve')}
      </Button>
      <Button
        size="sm"
        variant="default"
        leftSection={<IconX size={16} aria-hidden />}
        disabled={isBusy}
        onClick={onReject}
      >
        {t('reject.open')}
      </Button>
      <CloseButton aria-label={t('bar.clear')} onClick={onClear} />
    </SelectionBar>
  )
}
