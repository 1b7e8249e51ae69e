import { Alert } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { DateTime, TimeAgo } from '~/ui'

/** The provider wants no more for now, or is in trouble. */
export function Paused({ until, reason }: { until: string; reason: string }) {
  const t = useTranslations('providers')
  return (
    <Alert color="yellow">
      {t.rich('pausedUntil', { until: () => <DateTime key="until" value={until} zone />, reason })}
    </Alert>
  )
}

/** When it last told what became of mails. */
export function LastReport({ at }: { at: string | null }) {
  const t = useTranslations('providers')
  if (at === null) return t('webhook.never')
  return (
    <>
      {t('webhook.last')} <TimeAgo value={at} />
    </>
  )
}
