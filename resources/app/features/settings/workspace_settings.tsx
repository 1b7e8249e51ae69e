import { Button, Group } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { showErrors, type ProblemSeen } from '~/problem'
import { useMay, useWorkspace } from '~/shell/me'
import { ErrorPanel, FormProblem, later, Page, said, UnsavedGuard, Waiting } from '~/ui'
import { LeavingSection } from './leaving_section'
import classes from './settings.module.css'
import { bodyOf, valuesOf, type Settings, type WorkspaceForm } from './workspace_form'
import { SenderSection, TeamSection, TrackingSection } from './workspace_sections'

const InterestSection = later(() => import('./interest_section'), 'InterestSection', 3)
const FrequencySection = later(() => import('./frequency_section'), 'FrequencySection', 3)
const PagesSection = later(() => import('./pages_section'), 'PagesSection', 3)
const QuietSection = later(() => import('./quiet_section'), 'QuietSection', 3)

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
  const common = useTranslations('common')
  const mayWrite = useMay()('settings:write')
  const isOwner = useWorkspace().role === 'owner'
  const form: WorkspaceForm = useForm({ initialValues: valuesOf(settings) })
  const { save, problem } = useSave(form)
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate({ body: bodyOf(values, isOwner) }))}>
      <fieldset disabled={!mayWrite} style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }}>
        <TeamSection form={form} />
        <SenderSection form={form} />
        <TrackingSection form={form} />
        <LeavingSection form={form} />
        <QuietSection form={form} />
        <FrequencySection form={form} />
        <PagesSection form={form} />
        <InterestSection form={form} isOwner={isOwner} />
        <FormProblem problem={problem} />
        {mayWrite && (
          <Group justify="flex-end" className={classes.save} data-bar>
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

function useSave(form: WorkspaceForm) {
  const t = useTranslations('settings')
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
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
  return { save, problem }
}
