import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, client, current } from '~/api'
import { showErrors, type ProblemSeen } from '~/problem'
import { failed, FormProblem } from '~/ui'
import { Door } from './door'
import { enter } from './enter'

/** The first minute of an installation: who owns it, and what the team is called. Everything else can wait. */
export function SetupScreen() {
  const t = useTranslations('identity')
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const form = useForm({ initialValues: { workspace_name: '', full_name: '', email: '', password: '' } })
  const setUp = useMutation(
    api.setup.store.mutationOptions({
      onSuccess: async ({ workspaces }) => {
        await takeOwnTimezone(workspaces[0].id).catch(failed)
        enter()
      },
      onError: (error) => setProblem(showErrors(form, error)),
    })
  )
  return (
    <Door title={t('setup.title')} lead={t('setup.lead')}>
      <form onSubmit={form.onSubmit((values) => setUp.mutate({ body: values }))}>
        <Stack>
          <FormProblem problem={problem} />
          <TextInput
            label={t('setup.workspace')}
            placeholder="Blue Door Bakery"
            autoComplete="organization"
            required
            autoFocus
            {...form.getInputProps('workspace_name')}
          />
          <TextInput label={t('fullName')} autoComplete="name" required {...form.getInputProps('full_name')} />
          <TextInput
            label={t('email')}
            type="email"
            autoComplete="username"
            required
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label={t('password')}
            description={t('passwordHint')}
            autoComplete="new-password"
            required
            {...form.getInputProps('password')}
          />
          <Button type="submit" loading={setUp.isPending} fullWidth mt="xs">
            {t('setup.submit')}
          </Button>
        </Stack>
      </form>
    </Door>
  )
}

/** The first guess at where the team works; the settings can say otherwise. */
async function takeOwnTimezone(workspaceId: string) {
  current.workspaceId = workspaceId
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  await client.api.workspace.update({ body: { timezone: timeZone } })
}
