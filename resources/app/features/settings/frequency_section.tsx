import { NumberInput, SimpleGrid, Stack, Switch } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { Section } from '~/ui'
import type { WorkspaceForm } from './workspace_form'

const FIRST_GUESS = { mails: 3, days: 7 }

/** What one person gets at most, from all campaigns together. */
export function FrequencySection({ form }: { form: WorkspaceForm }) {
  const t = useTranslations('settings.frequency')
  const cap = form.getValues().sending.frequency_cap
  return (
    <Section title={t('title')} lead={t('lead')}>
      <Stack gap="lg">
        <Switch
          label={t('on')}
          description={t('onHint')}
          checked={cap !== null}
          onChange={({ currentTarget }) =>
            form.setFieldValue('sending.frequency_cap', currentTarget.checked ? FIRST_GUESS : null)
          }
        />
        {cap && (
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <NumberInput
              label={t('mails')}
              required
              min={1}
              max={100}
              allowDecimal={false}
              {...form.getInputProps('sending.frequency_cap.mails')}
            />
            <NumberInput
              label={t('days')}
              required
              min={1}
              max={90}
              allowDecimal={false}
              {...form.getInputProps('sending.frequency_cap.days')}
            />
          </SimpleGrid>
        )}
      </Stack>
    </Section>
  )
}
