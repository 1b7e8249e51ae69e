import { SimpleGrid } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { NumberField, Section } from '~/ui'
import type { WorkspaceForm } from './workspace_form'

/** What is kept about people who are no contacts. */
export function DataSection({ form }: { form: WorkspaceForm }) {
  const t = useTranslations('settings.data')
  return (
    <Section title={t('title')} lead={t('lead')}>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NumberField
          label={t('rejects')}
          description={t('rejectsHint')}
          required
          whole
          min={1}
          max={3_650}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          {...form.getInputProps('import_rejects_days')}
        />
      </SimpleGrid>
    </Section>
  )
}
