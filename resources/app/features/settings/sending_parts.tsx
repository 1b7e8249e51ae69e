import { Alert } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { DateTime, TimeAgo } from '~/ui'

/** The provider wants no more for now, or is in trouble. */
export function Paused({ until, reason }: { until: string; reason: string }) {
  const t = useTranslations('settings')
  return (
    <Alert color="yellow">
      {t.rich('sending.pausedUntil', { until: () => <DateTime key="until" value={until} zone />, reason })}
    </Alert>
  )
}

/** When it last told what became of mails. */
export function LastReport({ at }: { at: string | null }) {
  const t = useTranslations('settings')
  if (at === null) return t('sending.webhook.never')
  return (
    <>
      {t('sending.webhook.last')} <TimeAgo value={at} />
    </>
  )
}
