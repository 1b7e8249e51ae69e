import { Text } from '@mantine/core'
import { IconEye } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import { actionsColumn, Narrow, RowButton, StatusBadge, TimeAgo, type GridColumn } from '~/ui'
import { toneOf, type Quarantined } from './quarantine'

export function useQuarantineColumns(look: (row: Quarantined) => void): GridColumn<Quarantined>[] {
  const t = useTranslations('quarantine')
  return [
    { key: 'email', title: t('who'), render: (row) => <Who row={row} /> },
    {
      key: 'score',
      title: t('score'),
      definition: t('scoreMeans'),
      width: 110,
      from: 48,
      render: (row) => <Score row={row} />,
    },
    { key: 'signals', title: t('against'), width: '36%', from: 48, render: (row) => <Against row={row} /> },
    { key: 'judged', title: t('decision'), width: 190, from: 68, render: (row) => <Decision row={row} /> },
    {
      key: 'created_at',
      title: t('when'),
      width: 130,
      from: 60,
      render: ({ created_at: at }) => <TimeAgo value={at} />,
    },
    actionsColumn((row) => (
      <RowButton
        icon={IconEye}
        label={t('look')}
        name={t('lookAt', { email: row.email ?? t('forgottenAddress') })}
        onClick={() => look(row)}
      />
    )),
  ]
}

const Score = ({ row }: { row: Quarantined }) => <StatusBadge tone={toneOf(row)}>{row.score}</StatusBadge>

function Who({ row }: { row: Quarantined }) {
  const t = useTranslations('quarantine')
  return (
    <>
      <Text size="sm" fw={600} className="break" c={row.email ? undefined : 'dimmed'}>
        {row.email ?? t('forgottenAddress')}
      </Text>
      <Text size="xs" c="dimmed" className="break">
        {row.form.name}
        {row.times > 1 && ` · ${t('timesValue', { times: row.times })}`}
      </Text>
      <Narrow below={48}>
        <Score row={row} />{' '}
        <Text size="xs" span>
          {row.signals[0]?.sentence}
        </Text>
      </Narrow>
    </>
  )
}

/** The two signals that weigh most, and how many more there are. */
function Against({ row: { signals } }: { row: Quarantined }) {
  const t = useTranslations('quarantine')
  return (
    <>
      {signals.slice(0, 2).map(({ name, sentence }) => (
        <Text key={name} size="sm">
          {sentence}
        </Text>
      ))}
      {signals.length > 2 && (
        <Text size="xs" c="dimmed">
          {t('more', { count: signals.length - 2 })}
        </Text>
      )}
    </>
  )
}

function Decision({ row }: { row: Quarantined }) {
  const t = useTranslations('quarantine')
  if (row.decision === 'none') {
    return (
      <Text size="sm" c="dimmed">
        {t('open')}
      </Text>
    )
  }
  return (
    <>
      <Text size="sm">{t(`decisions.${row.decision}`)}</Text>
      <Text size="xs" c="dimmed" className="break">
        {row.judged_by}
        {row.reason && `: ${row.reason}`}
      </Text>
    </>
  )
}
