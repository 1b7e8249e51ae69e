import { Radio, SimpleGrid, Stack } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { NumberField, Section } from '~/ui'
import type { WorkspaceForm } from './workspace_form'

/** How campaigns leave: with a moment to think again, and the large ones in two waves. */
export function LeavingSection({ form }: { form: WorkspaceForm }) {
  const t = useTranslations('settings.leaving')
  const { pilot } = form.getValues().sending
  return (
    <Section title={t('title')} lead={t('lead')}>
      <Stack gap="lg">
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <Whole form={form} name="undo_seconds" least={0} most={600} />
          <Whole form={form} name="late_hours" least={1} most={72} />
        </SimpleGrid>
        <Radio.Group label={t('pilot')} description={t('pilotHint')} {...form.getInputProps('sending.pilot')}>
          <Stack mt="sm" gap="sm">
            {(['auto', 'always', 'never'] as const).map((when) => (
              <Radio key={when} value={when} label={t(`when.${when}`)} description={t(`when.${when}Hint`)} />
            ))}
          </Stack>
        </Radio.Group>
        {pilot !== 'never' && (
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <Whole form={form} name="pilot_minutes" least={1} most={1_440} />
          </SimpleGrid>
        )}
      </Stack>
    </Section>
  )
}

/** Kept within its bounds while it is typed, as the server has them. */
function Whole({
  form,
  name,
  least,
  most,
}: {
  form: WorkspaceForm
  name: 'undo_seconds' | 'late_hours' | 'pilot_minutes'
  least: number
  most: number
}) {
  const t = useTranslations('settings.leaving')
  return (
    <NumberField
      label={t(name)}
      description={t(`${name}_hint`)}
      required
      whole
      min={least}
      max={most}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      {...form.getInputProps(`sending.${name}`)}
    />
  )
}
