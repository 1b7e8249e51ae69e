import { Stack, Switch } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { Section } from '~/ui'
import type { WrittenForm } from './use_form_desk'

/** Addresses that are not taken; whoever types one is told why. */
export function RefusalsSection({ form }: { form: WrittenForm }) {
  const t = useTranslations('forms.refusals')
  return (
    <Section title={t('title')} lead={t('lead')}>
      <Stack gap="md">
        <Switch
          label={t('disposable')}
          description={t('disposableHint')}
          {...form.getInputProps('refuses.disposable', { type: 'checkbox' })}
        />
        <Switch
          label={t('role')}
          description={t('roleHint')}
          {...form.getInputProps('refuses.role', { type: 'checkbox' })}
        />
      </Stack>
    </Section>
  )
}
