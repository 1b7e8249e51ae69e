import '@mantine/dates/styles.layer.css'
import { Button, Group, Modal, NativeSelect, Stack, Text } from '@mantine/core'
import { DateTimePicker } from '@mantine/dates'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { api, queryClient, refresh } from '~/api'
import { problemOf } from '~/problem'
import { useWorkspace } from '~/shell/me'
import { said } from '~/ui'
import { campaignQuery, type Campaign } from './campaign'
import { PlanPreview } from './plan_preview'

const HOURS = [1, 2, 4, 8, 12, 24]

/** A day and a time, by the workspace's clock, which is named, or by each reader's; at once or spread. */
export function ScheduleModal({
  campaign,
  count,
  opened,
  onClose,
}: {
  campaign: Campaign
  count: number
  opened: boolean
  onClose: () => void
}) {
  const t = useTranslations('campaigns.schedule')
  return (
    <Modal opened={opened} onClose={onClose} title={<Text fw={650}>{t('title')}</Text>}>
      {opened && <ScheduleForm campaign={campaign} count={count} onClose={onClose} />}
    </Modal>
  )
}

function ScheduleForm({ campaign, count, onClose }: { campaign: Campaign; count: number; onClose: () => void }) {
  const t = useTranslations('campaigns.schedule')
  const common = useTranslations('common')
  const format = useFormatter()
  const { timezone } = useWorkspace()
  const [at, setAt] = useState(
    campaign.timing.local_time?.replace('T', ' ').concat(':00') ??
      (campaign.scheduled_at ? wallClock(new Date(campaign.scheduled_at), timezone) : inDays(1, timezone))
  )
  const [isLocal, setLocal] = useState(campaign.timing.local_time !== null)
  const [overHours, setOverHours] = useState(campaign.timing.over_hours ?? 0)
  const [isLoud, setLoud] = useState(campaign.timing.ignore_quiet_hours)
  const [error, setError] = useState<string | null>(null)
  const schedule = useMutation(
    api.campaigns.schedule.mutationOptions({
      onSuccess: (answer) => {
        queryClient.setQueryData(campaignQuery(campaign.id).queryKey, answer as never)
        said(
          t('done', {
            when: format.dateTime(new Date(answer.scheduled_at!), { dateStyle: 'medium', timeStyle: 'short' }),
          })
        )
        onClose()
        return refresh('campaigns')
      },
      onError: (failure) => setError(problemOf(failure).message),
    })
  )
  const wish = {
    at: at.replace(' ', 'T'),
    timezone: isLocal ? ('recipient' as const) : ('workspace' as const),
    ...(overHours > 0 ? { over_hours: overHours } : {}),
    ...(isLoud ? { ignore_quiet_hours: true } : {}),
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!at || at <= wallClock(new Date(), timezone)) return setError(t('choose'))
        setError(null)
        const { over_hours: hours, ...body } = wish
        const waves = hours ? { over_hours: hours } : undefined
        schedule.mutate({ params: { id: campaign.id }, body: { ...body, waves } })
      }}
    >
      <Stack gap="md">
        <Group gap="xs">
          <Button size="compact-sm" variant="light" onClick={() => setAt(inDays(1, timezone))}>
            {t('soon')}
          </Button>
          <Button size="compact-sm" variant="light" onClick={() => setAt(inDays(daysToMonday(timezone), timezone))}>
            {t('monday')}
          </Button>
        </Group>
        <DateTimePicker
          label={t('at')}
          description={t(isLocal ? 'localZone' : 'zone', { zone: timezone })}
          value={at}
          onChange={(value) => setAt(value ?? '')}
          minDate={wallClock(new Date(), timezone).slice(0, 10)}
          valueFormat="ddd D MMM YYYY, HH:mm"
          popoverProps={{ withinPortal: true }}
          weekendDays={[]}
          previousLabel={t('previousMonth')}
          nextLabel={t('nextMonth')}
          submitButtonProps={{ 'aria-label': t('take') }}
          timePickerProps={{ hoursInputLabel: t('hours'), minutesInputLabel: t('minutes') }}
          error={error}
        />
        <NativeSelect
          label={t('whose')}
          value={isLocal ? 'reader' : 'workspace'}
          onChange={(event) => setLocal(event.currentTarget.value === 'reader')}
          data={[
            { value: 'workspace', label: t('whoseWorkspace') },
            { value: 'reader', label: t('whoseReader') },
          ]}
        />
        <NativeSelect
          label={t('spread')}
          value={String(overHours)}
          onChange={(event) => setOverHours(Number(event.currentTarget.value))}
          data={[
            { value: '0', label: t('atOnce') },
            ...HOURS.map((hours) => ({ value: String(hours), label: t('overHours', { hours }) })),
          ]}
        />
        {at > wallClock(new Date(), timezone) && (
          <PlanPreview campaignId={campaign.id} wish={wish} onIgnore={setLoud} />
        )}
        <Text size="sm" c="dimmed">
          {t('note', { count })}
        </Text>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit" loading={schedule.isPending}>
            {t('confirm', { count })}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** What a clock in that zone shows: `2026-11-30 09:00:00`, as the date picker and the API (without an offset) take it. */
function wallClock(moment: Date, timeZone: string): string {
  return moment.toLocaleString('sv-SE', { timeZone })
}

function inDays(days: number, timeZone: string): string {
  return `${wallClock(new Date(Date.now() + days * 86_400_000), timeZone).slice(0, 10)} 09:00:00`
}

function daysToMonday(timeZone: string): number {
  const today = new Date(`${wallClock(new Date(), timeZone).slice(0, 10)}T12:00:00Z`).getUTCDay()
  return (8 - today) % 7 || 7
}
