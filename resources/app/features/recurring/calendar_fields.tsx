import { Checkbox, Group, NativeSelect, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useTranslations } from 'use-intl'
import { NumberField } from '~/ui'
import type { CalendarForm } from './calendar_form'
import { kinds, weekdays } from './rule'
import { useDayName } from './rule_words'

type Form = UseFormReturnType<CalendarForm>

/** When, how often, until when, and whether somebody looks at it before. */
export function CalendarFields({ form, timezone }: { form: Form; timezone: string }) {
  const t = useTranslations('recurring.form')
  const { kind, ends } = form.getValues()
  return (
    <Stack gap="md">
      <NativeSelect
        label={t('often')}
        data={kinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
        {...form.getInputProps('kind')}
      />
      {kind === 'custom' ? (
        <TextInput
          label={t('rule')}
          description={t('ruleHint')}
          placeholder="FREQ=MONTHLY;BYDAY=2TU,4TU"
          required
          {...form.getInputProps('custom')}
          error={form.errors.rule}
        />
      ) : (
        <Days form={form} />
      )}
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          type="time"
          label={t('time')}
          description={t('zone', { zone: timezone })}
          required
          {...form.getInputProps('local_time')}
        />
        <TextInput
          type="date"
          label={t('startsOn')}
          description={t('startsOnHint')}
          required
          {...form.getInputProps('starts_on')}
        />
      </SimpleGrid>
      {kind !== 'custom' && (
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <NativeSelect
            label={t('ends')}
            data={(['never', 'count', 'until'] as const).map((value) => ({ value, label: t(`ending.${value}`) }))}
            {...form.getInputProps('ends')}
          />
          {ends === 'count' && (
            <NumberField label={t('count')} whole min={1} max={999} required {...form.getInputProps('count')} />
          )}
          {ends === 'until' && <TextInput type="date" label={t('until')} required {...form.getInputProps('until')} />}
        </SimpleGrid>
      )}
      <NativeSelect
        label={t('whose')}
        value={form.getValues().at_readers_time ? 'reader' : 'workspace'}
        onChange={(event) => form.setFieldValue('at_readers_time', event.currentTarget.value === 'reader')}
        data={[
          { value: 'workspace', label: t('whoseWorkspace') },
          { value: 'reader', label: t('whoseReader') },
        ]}
      />
      <NumberField
        label={t('notice')}
        description={t('noticeHint')}
        whole
        min={0}
        max={168}
        required
        {...form.getInputProps('notice_hours')}
      />
      <FeedFields form={form} />
      <Switch
        label={t('approval')}
        description={t('approvalHint')}
        {...form.getInputProps('needs_approval', { type: 'checkbox' })}
      />
    </Stack>
  )
}

/** A feed to make the mails of, if any. */
function FeedFields({ form }: { form: Form }) {
  const t = useTranslations('recurring.form')
  return (
    <>
      <TextInput
        type="url"
        label={t('feed')}
        description={t('feedHint')}
        placeholder="https://example.org/feed.xml"
        {...form.getInputProps('feed_url')}
        error={form.errors['feed.url']}
      />
      {form.getValues().feed_url.trim() && (
        <NumberField label={t('feedMost')} whole min={1} max={50} required {...form.getInputProps('feed_most')} />
      )}
    </>
  )
}

function Days({ form }: { form: Form }) {
  const t = useTranslations('recurring.form')
  const dayName = useDayName()
  const { kind } = form.getValues()
  const dayOptions = weekdays.map((day) => ({ value: day, label: dayName(day) }))
  return (
    <>
      {kind === 'weekly' && (
        <Checkbox.Group label={t('days')} {...form.getInputProps('days')} error={form.errors.rule}>
          <Group mt="xs" gap="md">
            {dayOptions.map(({ value, label }) => (
              <Checkbox key={value} value={value} label={label} />
            ))}
          </Group>
        </Checkbox.Group>
      )}
      {kind === 'month_day' && (
        <NativeSelect
          label={t('monthDay')}
          description={t('monthDayHint')}
          value={String(form.getValues().monthDay)}
          onChange={(event) => form.setFieldValue('monthDay', Number(event.currentTarget.value))}
          data={[
            ...Array.from({ length: 31 }, (_, at) => ({ value: String(at + 1), label: String(at + 1) })),
            { value: '-1', label: t('lastDay') },
          ]}
        />
      )}
      {kind === 'month_weekday' && (
        <SimpleGrid cols={2}>
          <NativeSelect
            label={t('nth')}
            value={String(form.getValues().nth)}
            onChange={(event) => form.setFieldValue('nth', Number(event.currentTarget.value))}
            data={(['1', '2', '3', '4', '-1'] as const).map((value) => ({ value, label: t(`nths.${value}`) }))}
          />
          <NativeSelect label={t('weekday')} data={dayOptions} {...form.getInputProps('nthDay')} />
        </SimpleGrid>
      )}
      <NumberField
        label={t(`every.${kind === 'daily' || kind === 'weekly' ? kind : 'monthly'}`)}
        whole
        min={1}
        max={99}
        required
        {...form.getInputProps('interval')}
      />
    </>
  )
}
