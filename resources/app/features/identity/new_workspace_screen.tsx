import { Anchor, Button, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api } from '~/api'
import { showErrors, type ProblemSeen } from '~/problem'
import { useSignOut } from '~/shell/sign_out'
import { FormProblem } from '~/ui'
import { Door } from './door'
import { enter } from './enter'

/** One more team; also where a person lands who is a member of none any more. */
export function NewWorkspaceScreen() {
  const t = useTranslations('identity')
  const shell = useTranslations('shell')
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const signOut = useSignOut()
  const form = useForm({ initialValues: { name: '' } })
  const open = useMutation(
    api.workspaces.store.mutationOptions({
      onSuccess: ({ id }) => enter(`/w/${id}`),
      onError: (error) => setProblem(showErrors(form, error)),
    })
  )
  return (
    <Door
      title={t('newWorkspace.title')}
      lead={t('newWorkspace.lead')}
      foot={
        <Anchor component="button" type="button" onClick={() => signOut.mutate({})}>
          {shell('signOut')}
        </Anchor>
      }
    >
      <form onSubmit={form.onSubmit((body) => open.mutate({ body }))}>
        <Stack>
          <FormProblem problem={problem} />
          <TextInput label={t('setup.workspace')} required autoFocus maxLength={120} {...form.getInputProps('name')} />
          <Button type="submit" loading={open.isPending} fullWidth>
            {t('newWorkspace.submit')}
          </Button>
        </Stack>
      </form>
    </Door>
  )
}
