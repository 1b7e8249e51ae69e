import { Checkbox, Group, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core'
import { useFormatter, useTranslations } from 'use-intl'
import { Section } from '~/ui'
import type { QuietHours, WorkspaceForm } from './workspace_form'

const NIGHT: QuietHours = { from: '21:00', to: '08:00', days_off: [] }
/** A Monday: days of the week are written in the reader's language. */
const MONDAY = Date.UTC(2024, 0, 1)

/** When campaigns reach nobody, by each reader's own clock. */
export function QuietSection({ form }: { form: WorkspaceForm }) {
  const t = useTranslations('settings.quiet')
  const format = useFormatter()
  const quiet = form.getValues().sending.quiet_hours
  const days = quiet?.days_off ?? []
  return (
    <Section title={t('title')} lead={t('lead')}>
      <Stack gap="lg">
        <Switch
          label={t('on')}
          description={t('onHint')}
          checked={quiet !== null}
          onChange={(event) => form.setFieldValue('sending.quiet_hours', event.currentTarget.checked ? NIGHT : null)}
        />
        {quiet && (
          <>
            <SimpleGrid cols={{ base: 1, xs: 2 }}>
              <TextInput type="time" label={t('from')} required {...form.getInputProps('sending.quiet_hours.from')} />
              <TextInput type="time" label={t('to')} required {...form.getInputProps('sending.quiet_hours.to')} />
            </SimpleGrid>
            <Checkbox.Group
              label={t('days')}
              description={t('daysHint')}
              value={days.map(String)}
              onChange={(chosen) => form.setFieldValue('sending.quiet_hours.days_off', chosen.map(Number).sort())}
              error={form.errors['sending.quiet_hours.days_off']}
            >
              <Group mt="sm" gap="md">
                {[1, 2, 3, 4, 5, 6, 7].map((day) => (
                  <Checkbox
                    key={day}
                    value={String(day)}
                    label={format.dateTime(new Date(MONDAY + (day - 1) * 86_400_000), {
                      weekday: 'long',
                      timeZone: 'UTC',
                    })}
                    disabled={days.length === 6 && !days.includes(day)}
                  />
                ))}
              </Group>
            </Checkbox.Group>
          </>
        )}
      </Stack>
    </Section>
  )
}
