import { Select, SimpleGrid, Stack, Switch, Textarea, TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { Section } from '~/ui'
import type { WorkspaceForm } from './workspace_form'

/** Who sends, as every mail says it. */
export function TeamSection({ form }: { form: WorkspaceForm }) {
  const t = useTranslations('settings.workspace')
  return (
    <Section title={t('team')} lead={t('teamLead')}>
      <Stack>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput label={t('name')} required maxLength={120} {...form.getInputProps('name')} />
          <TimezoneSelect {...form.getInputProps('timezone')} />
        </SimpleGrid>
        <Textarea
          label={t('postalAddress')}
          description={t('postalAddressHint')}
          autosize
          minRows={3}
          maxLength={500}
          autoComplete="street-address"
          {...form.getInputProps('postal_address')}
        />
      </Stack>
    </Section>
  )
}

export function SenderSection({ form }: { form: WorkspaceForm }) {
  const t = useTranslations('settings.workspace')
  return (
    <Section title={t('sender')} lead={t('senderLead')}>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput label={t('fromName')} maxLength={120} {...form.getInputProps('default_from_name')} />
        <TextInput label={t('fromEmail')} type="email" {...form.getInputProps('default_from_email')} />
      </SimpleGrid>
    </Section>
  )
}

export function TrackingSection({ form }: { form: WorkspaceForm }) {
  const t = useTranslations('settings.workspace')
  return (
    <Section title={t('tracking')} lead={t('trackingLead')}>
      <Stack>
        <Switch
          label={t('clicks')}
          description={t('clicksHint')}
          {...form.getInputProps('tracking.clicks', { type: 'checkbox' })}
        />
        <Switch
          label={t('opens')}
          description={t('opensHint')}
          {...form.getInputProps('tracking.opens', { type: 'checkbox' })}
        />
      </Stack>
    </Section>
  )
}

/** Every zone that this browser knows, and the one that is set if it does not. */
function TimezoneSelect(props: { value?: string } & Record<string, unknown>) {
  const t = useTranslations('settings.workspace')
  const zones = useMemo(
    () => [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), ...(props.value ? [props.value] : [])])],
    [props.value]
  )
  return (
    <Select
      label={t('timezone')}
      description={t('timezoneHint')}
      data={zones}
      searchable
      limit={60}
      allowDeselect={false}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      {...props}
    />
  )
}
