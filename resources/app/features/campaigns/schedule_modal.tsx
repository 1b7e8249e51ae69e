import '@mantine/dates/styles.layer.css'
import { Button, Group, Modal, NativeSelect, Stack, Text } from '@mantine/core'
import { DateTimePicker } from '@mantine/dates'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { api, queryClient, refresh } from '~/api'
import { problemOf } from '~/problem'
import { useWorkspace } from '~/shell/me'
import { FormButtons, said } from '~/ui'
import { campaignQuery, type Campaign } from './campaign'
import { PlanPreview } from './plan_preview'
import classes from './schedule_modal.module.css'
import { daysToMonday, inDays, wallClock } from './wall_clock'

const HOURS = [1, 2, 4, 8, 12, 24]

/** A day and a time, by the workspace's clock, which is named, or by each reader's; at once or spread. */
export function ScheduleModal({
  opened,
  onClose,
  ...what
}: {
  campaign: Campaign
  /** What was reviewed. */
  version: number
  count: number
  opened: boolean
  onClose: () => void
}) {
  const t = useTranslations('campaigns.schedule')
  return (
    <Modal opened={opened} onClose={onClose} title={<Text fw={650}>{t('title')}</Text>}>
      {opened && <ScheduleForm onClose={onClose} {...what} />}
    </Modal>
  )
}

function ScheduleForm({
  campaign,
  version,
  count,
  onClose,
}: {
  campaign: Campaign
  version: number
  count: number
  onClose: () => void
}) {
  const t = useTranslations('campaigns.schedule')
  const { timezone } = useWorkspace()
  const [at, setAt] = useState(
    campaign.timing.local_time?.replace('T', ' ').concat(':00') ??
      (campaign.scheduled_at ? wallClock(new Date(campaign.scheduled_at), timezone) : inDays(1, timezone))
  )
  const [isLocal, setLocal] = useState(campaign.timing.local_time !== null)
  const [overHours, setOverHours] = useState(campaign.timing.over_hours ?? 0)
  const [isLoud, setLoud] = useState(campaign.timing.ignore_quiet_hours)
  const [error, setError] = useState<string | null>(null)
  const schedule = useSchedule({ campaign, onDone: onClose, onError: setError })
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
        schedule.mutate({ params: { id: campaign.id }, body: { ...body, waves, version } })
      }}
    >
      <Stack gap="md">
        <When at={at} isLocal={isLocal} timezone={timezone} error={error} onChange={setAt} />
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
        <FormButtons submitLabel={t('confirm', { count })} busy={schedule.isPending} onCancel={onClose} />
      </Stack>
    </form>
  )
}

function useSchedule({
  campaign,
  onDone,
  onError,
}: {
  campaign: Campaign
  onDone: () => void
  onError: (message: string) => void
}) {
  const t = useTranslations('campaigns.schedule')
  const format = useFormatter()
  return useMutation(
    api.campaigns.schedule.mutationOptions({
      onSuccess: (answer) => {
        queryClient.setQueryData(campaignQuery(campaign.id).queryKey, answer as never)
        said(
          t('done', {
            when: format.dateTime(new Date(answer.scheduled_at!), { dateStyle: 'medium', timeStyle: 'short' }),
          })
        )
        onDone()
        return refresh('campaigns')
      },
      onError: (failure) => onError(problemOf(failure).message),
    })
  )
}

/** The moment, and the two that are wanted most often. */
function When({
  at,
  isLocal,
  timezone,
  error,
  onChange,
}: {
  at: string
  isLocal: boolean
  timezone: string
  error: string | null
  onChange: (at: string) => void
}) {
  const t = useTranslations('campaigns.schedule')
  return (
    <>
      <Group gap="xs">
        <Button size="compact-sm" variant="light" onClick={() => onChange(inDays(1, timezone))}>
          {t('soon')}
        </Button>
        <Button size="compact-sm" variant="light" onClick={() => onChange(inDays(daysToMonday(timezone), timezone))}>
          {t('monday')}
        </Button>
      </Group>
      <DateTimePicker
        label={t('at')}
        description={t(isLocal ? 'localZone' : 'zone', { zone: timezone })}
        value={at}
        onChange={(value) => onChange(value ?? '')}
        minDate={wallClock(new Date(), timezone).slice(0, 10)}
        valueFormat="ddd D MMM YYYY, HH:mm"
        classNames={{ day: classes.day }}
        popoverProps={{ withinPortal: true }}
        weekendDays={[]}
        previousLabel={t('previousMonth')}
        nextLabel={t('nextMonth')}
        submitButtonProps={{ 'aria-label': t('take') }}
        timePickerProps={{ hoursInputLabel: t('hours'), minutesInputLabel: t('minutes') }}
        error={error}
      />
    </>
  )
}
