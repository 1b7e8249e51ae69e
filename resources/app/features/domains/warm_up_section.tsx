import { Box, Button, Group, Progress, Radio, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { useMay } from '~/shell/me'
import { Chart, Day, ErrorPanel, said, Section, Waiting } from '~/ui'

interface WarmUp {
  domain: string
  curve: 'new' | 'existing'
  started_on: string
  day: number
  today: { cap: number | null; taken: number }
  plan: { day: number; cap: number }[]
}

/** How a domain becomes known, day by day. */
export function WarmUpSection({ domain }: { domain: string }) {
  const t = useTranslations('domains.warmUp')
  const mayWrite = useMay()('settings:write')
  const warmUps = useQuery({ ...api.warmUps.index.queryOptions(), refetchInterval: 30_000 })
  if (warmUps.isPending) return <Waiting rows={3} />
  if (!warmUps.data) return <ErrorPanel error={warmUps.error} retry={warmUps.refetch} />
  const warmUp = warmUps.data.data.find((one) => one.domain === domain)
  return (
    <Section title={t('title')} lead={warmUp ? undefined : t('off')}>
      {warmUp ? <Running warmUp={warmUp} mayWrite={mayWrite} /> : mayWrite && <Start domain={domain} />}
    </Section>
  )
}

function Start({ domain }: { domain: string }) {
  const t = useTranslations('domains.warmUp')
  const [curve, setCurve] = useState<WarmUp['curve']>('new')
  const start = useMutation(
    api.warmUps.update.mutationOptions({
      onSuccess: async () => {
        await refresh('warmUps')
        said(t('started'))
      },
    })
  )
  return (
    <Stack>
      <Radio.Group label={t('curve')} value={curve} onChange={(value) => setCurve(value as WarmUp['curve'])}>
        <Stack gap="sm" mt="xs">
          {(['new', 'existing'] as const).map((value) => (
            <Radio key={value} value={value} label={t(value)} description={t(`${value}Hint`)} />
          ))}
        </Stack>
      </Radio.Group>
      <Group justify="flex-end">
        <Button
          variant="light"
          loading={start.isPending}
          onClick={() => start.mutate({ params: { domain }, body: { curve } })}
        >
          {t('start')}
        </Button>
      </Group>
    </Stack>
  )
}

function Running({
  warmUp: { domain, curve, day, started_on: since, today, plan },
  mayWrite,
}: {
  warmUp: WarmUp
  mayWrite: boolean
}) {
  const t = useTranslations('domains.warmUp')
  const stop = useMutation(
    api.warmUps.destroy.mutationOptions({
      onSuccess: async () => {
        await refresh('warmUps', 'campaigns')
        said(t('stopped'))
      },
    })
  )
  return (
    <Stack>
      <div>
        <Text fw={650}>{today.cap === null ? t('over') : t('day', { day })}</Text>
        <Text size="sm" c="dimmed">
          {t(curve)} · <Day value={since} />
        </Text>
      </div>
      {today.cap !== null && (
        <Box>
          <Text size="sm" mb={6}>
            {t('today', { taken: today.taken, cap: today.cap })}
          </Text>
          <Progress
            value={Math.min(100, (today.taken / today.cap) * 100)}
            aria-label={t('today', { taken: today.taken, cap: today.cap })}
          />
        </Box>
      )}
      <Chart
        kind="bar"
        label={t('plan')}
        data={plan.slice(0, 14).map((step) => ({ day: String(step.day), cap: step.cap }))}
        dataKey="day"
        series={[{ name: 'cap', label: t('mails'), color: 'door.6' }]}
        height={200}
      />
      {mayWrite && (
        <Group justify="flex-end">
          <Button variant="default" loading={stop.isPending} onClick={() => stop.mutate({ params: { domain } })}>
            {t('stop')}
          </Button>
        </Group>
      )}
    </Stack>
  )
}
