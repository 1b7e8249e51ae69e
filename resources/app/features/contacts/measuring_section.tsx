import { Button, Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { api } from '~/api'
import { useMay } from '~/shell/me'
import { ErrorPanel, later, Section, StatusBadge, Waiting } from '~/ui'
import type { Person } from './person'

const MeasuringModal = later(() => import('./measuring_modal'), 'MeasuringModal', 0)

export interface Tracking {
  status: 'granted' | 'withdrawn' | 'none'
  since: string | null
  policy: 'unless_objected' | 'only_who_agreed'
  is_measured: boolean
}

/** May what they open and click be noted? And how we know. */
export function MeasuringSection({ contact }: { contact: Person }) {
  const t = useTranslations('measuring')
  const mayWrite = useMay()('consent:write')
  const consents = useQuery(api.consents.index.queryOptions({ params: { id: contact.id } }))
  const [act, setAct] = useState<'grant' | 'withdraw' | null>(null)
  const tracking = consents.data?.tracking
  return (
    <Section title={t('title')} lead={t('lead')}>
      {consents.isError && <ErrorPanel error={consents.error} retry={consents.refetch} />}
      {consents.isPending && <Waiting rows={2} />}
      {tracking && (
        <>
          <StatusBadge tone={tracking.is_measured ? 'good' : 'neutral'}>
            {t(tracking.is_measured ? 'measured' : 'notMeasured')}
          </StatusBadge>
          <Why tracking={tracking} />
          {mayWrite && (
            <Group gap="xs" mt="sm">
              {tracking.status !== 'granted' && (
                <Button size="compact-sm" variant="subtle" onClick={() => setAct('grant')}>
                  {t('grant')}
                </Button>
              )}
              {tracking.status !== 'withdrawn' && (
                <Button size="compact-sm" variant="subtle" color="red" onClick={() => setAct('withdraw')}>
                  {t('withdraw')}
                </Button>
              )}
            </Group>
          )}
        </>
      )}
      {act && <MeasuringModal contact={contact} action={act} onClose={() => setAct(null)} />}
    </Section>
  )
}

function Why({ tracking: { status, since, policy, is_measured: isMeasured } }: { tracking: Tracking }) {
  const t = useTranslations('measuring')
  const format = useFormatter()
  const date = since === null ? null : format.dateTime(new Date(since), { dateStyle: 'medium' })
  const why =
    status === 'none'
      ? t(`because.none_${policy}`)
      : date === null
        ? t('because.withdrawnBefore')
        : t(`because.${status}`, { date })
  return (
    <Text size="sm" mt="xs">
      {why}{' '}
      {!isMeasured && (
        <Text span size="sm" c="dimmed">
          {t('unknown')}
        </Text>
      )}
    </Text>
  )
}
