import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { api } from '~/api'
import { useWorkspace } from '~/shell/me'
import { addressOf } from '~/shell/navigation'
import { Counter, DateTime, Narrow, RowLink, StatusBadge, type GridColumn, type Tone } from '~/ui'
import type { Submission } from './submission'

const tones: Record<Submission['state'], Tone> = {
  pending: 'busy',
  expired: 'neutral',
  confirmed: 'good',
  granted: 'good',
  repeated: 'neutral',
  suppressed: 'warning',
  doubtful: 'warning',
  rejected: 'bad',
  erased: 'neutral',
}

export function useSignUpColumns(): GridColumn<Submission>[] {
  const t = useTranslations('forms.signUps')
  const { id: workspaceId } = useWorkspace()
  const topics = useQuery(api.topics.index.queryOptions({ query: { limit: 100 } })).data?.data ?? []
  const nameOf = (id: string) => topics.find((topic) => topic.id === id)?.name ?? t('goneTopic')
  const badge = ({ state }: Submission) => <StatusBadge tone={tones[state]}>{t(`states.${state}`)}</StatusBadge>
  return [
    {
      key: 'email',
      title: t('who'),
      render: (row) => (
        <>
          {row.contact_id && row.email ? (
            <RowLink to={addressOf(workspaceId, `contacts/${row.contact_id}`)}>{row.email}</RowLink>
          ) : (
            <Text size="sm" className="break" c={row.email ? undefined : 'dimmed'}>
              {row.email ?? t(row.state === 'suppressed' ? 'suppressedAddress' : 'erasedAddress')}
            </Text>
          )}
          <Text size="xs" c="dimmed" className="break">
            {row.topic_ids.map(nameOf).join(', ')}
            {row.origin && ` · ${row.origin}`}
          </Text>
          <Narrow>{badge(row)}</Narrow>
          {row.looks > 0 && (
            <Narrow below={48}>
              <Text size="xs" c="dimmed">
                {t('opened', { count: row.looks })}
              </Text>
            </Narrow>
          )}
        </>
      ),
    },
    { key: 'state', title: t('state'), width: 190, from: 36, render: badge },
    {
      key: 'created_at',
      title: t('signedUp'),
      width: 215,
      from: 60,
      render: (row) => (
        <>
          <DateTime value={row.created_at} />
          {row.mail_due_at && (
            <Text size="xs" c="dimmed">
              {t.rich('due', { when: () => <DateTime key="due" value={row.mail_due_at} /> })}
            </Text>
          )}
        </>
      ),
    },
    {
      key: 'confirmed_at',
      title: t('confirmed'),
      width: 215,
      from: 68,
      render: ({ confirmed_at: at }) => <DateTime value={at} />,
    },
    {
      key: 'looks',
      title: t('looks'),
      definition: t('looksMeans'),
      width: 130,
      from: 48,
      align: 'right',
      render: ({ looks }) => <Counter value={looks} />,
    },
  ]
}
