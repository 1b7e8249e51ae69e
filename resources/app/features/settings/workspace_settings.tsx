import { Button, Group, Select, SimpleGrid, Stack, Switch, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { showErrors, type ProblemSeen } from '~/problem'
import { useMay } from '~/shell/me'
import { ErrorPanel, FormProblem, Page, said, Section, UnsavedGuard, Waiting } from '~/ui'

interface Settings {
  name: string
  timezone: string
  postal_address: string | null
  default_from_name: string | null
  default_from_email: string | null
  tracking: { opens: boolean; clicks: boolean }
}

export function WorkspaceSettings() {
  const t = useTranslations('settings')
  const workspace = useQuery(api.workspace.show.queryOptions())
  return (
    <Page title={t('parts.workspace')} lead={t('workspace.lead')}>
      {workspace.isPending && <Waiting />}
      {workspace.isError && <ErrorPanel error={workspace.error} retry={workspace.refetch} />}
      {workspace.data && <SettingsForm settings={workspace.data} />}
    </Page>
  )
}

function SettingsForm({ settings }: { settings: Settings }) {
  const t = useTranslations('settings')
  const common = useTranslations('common')
  const mayWrite = useMay()('settings:write')
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const form = useForm({ initialValues: valuesOf(settings) })
  const save = useMutation(
    api.workspace.update.mutationOptions({
      onSuccess: async (saved) => {
        form.setInitialValues(valuesOf(saved))
        form.reset()
        setProblem(null)
        await refresh('workspace', 'me', 'overview')
        said(t('workspace.saved'))
      },
      onError: (error) => setProblem(showErrors(form, error)),
    })
  )
  return (
    <form
      onSubmit={form.onSubmit(({ default_from_email: from, ...rest }) =>
        save.mutate({ body: { ...rest, default_from_email: from || null } })
      )}
    >
      <fieldset disabled={!mayWrite} style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }}>
        <FormProblem problem={problem} />
        <Section title={t('workspace.team')} lead={t('workspace.teamLead')}>
          <Stack>
            <SimpleGrid cols={{ base: 1, xs: 2 }}>
              <TextInput label={t('workspace.name')} required maxLength={120} {...form.getInputProps('name')} />
              <TimezoneSelect {...form.getInputProps('timezone')} />
            </SimpleGrid>
            <Textarea
              label={t('workspace.postalAddress')}
              description={t('workspace.postalAddressHint')}
              autosize
              minRows={3}
              maxLength={500}
              autoComplete="street-address"
              {...form.getInputProps('postal_address')}
            />
          </Stack>
        </Section>
        <Section title={t('workspace.sender')} lead={t('workspace.senderLead')}>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <TextInput label={t('workspace.fromName')} maxLength={120} {...form.getInputProps('default_from_name')} />
            <TextInput label={t('workspace.fromEmail')} type="email" {...form.getInputProps('default_from_email')} />
          </SimpleGrid>
        </Section>
        <Section title={t('workspace.tracking')} lead={t('workspace.trackingLead')}>
          <Stack>
            <Switch
              label={t('workspace.clicks')}
              description={t('workspace.clicksHint')}
              {...form.getInputProps('tracking.clicks', { type: 'checkbox' })}
            />
            <Switch
              label={t('workspace.opens')}
              description={t('workspace.opensHint')}
              {...form.getInputProps('tracking.opens', { type: 'checkbox' })}
            />
          </Stack>
        </Section>
        {mayWrite && (
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
              {common('save')}
            </Button>
          </Group>
        )}
      </fieldset>
      <UnsavedGuard when={form.isDirty() && !save.isPending} />
    </form>
  )
}

const valuesOf = (settings: Settings) => ({
  name: settings.name,
  timezone: settings.timezone,
  postal_address: settings.postal_address ?? '',
  default_from_name: settings.default_from_name ?? '',
  default_from_email: settings.default_from_email ?? '',
  tracking: { ...settings.tracking },
})

/** Every zone that this browser knows, and the one that is set if it does not. */
export function TimezoneSelect(props: { value?: string } & Record<string, unknown>) {
  const t = useTranslations('settings')
  const zones = useMemo(
    () => [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), ...(props.value ? [props.value] : [])])],
    [props.value]
  )
  return (
    <Select
      label={t('workspace.timezone')}
      description={t('workspace.timezoneHint')}
      data={zones}
      searchable
      limit={60}
      allowDeselect={false}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      {...props}
    />
  )
}
