import { Alert, List, Text } from '@mantine/core'
import { IconHourglass } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import { DateTime } from '~/ui'
import type { Progress } from './campaign'

/** It will not all go through: when that will be, and what happens then. */
export function QuotaEnds({
  period,
  left,
  short,
  reached_at: reachedAt,
  resets_at: resetsAt,
  asks,
}: NonNullable<Progress['quota']>) {
  const t = useTranslations('campaigns.live')
  const then = asks ? 'quotaAsks' : resetsAt ? 'quotaResumes' : 'quotaWaits'
  return (
    <Alert color="yellow" icon={<IconHourglass aria-hidden />} title={t('quotaEnds', { left })} mb="lg" role="status">
      {t.rich('quotaEndsText', { period, at: () => <DateTime value={reachedAt} zone /> })}{' '}
      {t.rich(then, { short, until: () => <DateTime value={resetsAt} zone /> })}
    </Alert>
  )
}

/** Mailbox providers that take mails more slowly: whose readers wait, at which pace, until when. */
export function SlowedDomains({ slowed }: Pick<Progress, 'slowed'>) {
  const t = useTranslations('campaigns.live')
  return (
    <Alert icon={<IconHourglass aria-hidden />} title={t('slowed', { count: slowed.length })} mb="lg" role="status">
      <List size="sm" spacing={4}>
        {slowed.map(({ domain, per_hour: perHour, people, done_at: doneAt }) => (
          <List.Item key={domain} className="break">
            {t.rich('slowedDomain', { domain, perHour, people, at: () => <DateTime value={doneAt} zone /> })}
          </List.Item>
        ))}
      </List>
      <Text size="sm" mt={6}>
        {t('slowedText')}
      </Text>
    </Alert>
  )
}
