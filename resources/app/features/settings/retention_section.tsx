import { Button, Group, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { api, client } from '~/api'
import { useMay } from '~/shell/me'
import { ErrorPanel, Facts, later, Section, Waiting } from '~/ui'
import classes from './retention.module.css'

const RetentionModal = later(() => import('./retention_modal'), 'RetentionModal', 0)

type Answer = Awaited<ReturnType<typeof client.api.retention.show>>
export type KeptKind = Answer['data'][number]

/** Each kind of what is kept: for how long, how much there is, what goes next and when. */
export function RetentionSection() {
  const t = useTranslations('retention')
  const format = useFormatter()
  const mayWrite = useMay()('settings:write')
  const retention = useQuery(api.retention.show.queryOptions())
  const [changing, change] = useState<KeptKind | null>(null)
  if (retention.isError) return <ErrorPanel error={retention.error} retry={retention.refetch} />
  if (!retention.data) return <Waiting rows={8} />
  const { next_run_at: nextRun, data } = retention.data
  const date = format.dateTime(new Date(nextRun), { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <>
      <Section title={t('title')} lead={t('lead', { date })}>
        <ul className={classes.kinds}>
          {data.map((kind) => (
            <Kind key={kind.kind} kind={kind} onChange={mayWrite ? change : undefined} />
          ))}
        </ul>
      </Section>
      <Section title={t('stays')}>
        <Text size="sm">{t('staysText')}</Text>
      </Section>
      {changing && <RetentionModal kind={changing} nextRun={date} onClose={() => change(null)} />}
    </>
  )
}

function Kind({ kind, onChange }: { kind: KeptKind; onChange?: (kind: KeptKind) => void }) {
  const t = useTranslations('retention')
  const name = t(`kinds.${kind.kind}.name`)
  return (
    <li className={classes.kind}>
      <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
        <Title order={3} fz="md" className="break">
          {name}
        </Title>
        {onChange && (
          <Button
            size="compact-sm"
            variant="subtle"
            aria-label={t('changeThis', { name })}
            onClick={() => onChange(kind)}
            style={{ flex: 'none' }}
          >
            {t('change')}
          </Button>
        )}
      </Group>
      <Text size="sm" c="dimmed">
        {t(`kinds.${kind.kind}.text`)}
      </Text>
      <WhatIsKept kind={kind} />
    </li>
  )
}

function WhatIsKept({ kind: { days, kept, oldest, due, due_on: dueOn, last_run: last } }: { kind: KeptKind }) {
  const t = useTranslations('retention')
  const format = useFormatter()
  const day = (at: string) => format.dateTime(new Date(at), { dateStyle: 'medium' })
  const next =
    dueOn === null
      ? t('goesNever')
      : due > 0
        ? t('goes', { count: due, date: day(dueOn) })
        : t('goesLater', { date: day(dueOn) })
  return (
    <Facts mt={10}>
      <dt>{t('keptFor')}</dt>
      <dd>{t('days', { days })}</dd>
      <dt>{t('now')}</dt>
      <dd>{kept === 0 || oldest === null ? t('nothing') : t('kept', { count: kept, date: day(oldest) })}</dd>
      <dt>{t('next')}</dt>
      <dd>{next}</dd>
      {last && (
        <>
          <dt>{t('last')}</dt>
          <dd>
            {last.finished_at
              ? t('lastRun', { count: last.forgotten, date: day(last.finished_at) })
              : t('running', { count: last.forgotten })}
          </dd>
        </>
      )}
    </Facts>
  )
}
