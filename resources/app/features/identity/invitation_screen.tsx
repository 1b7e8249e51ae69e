import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api } from '~/api'
import { problemOf, showErrors, type ProblemSeen } from '~/problem'
import { FormProblem, LinkAnchor, LinkButton, Waiting } from '~/ui'
import { Door } from './door'
import { enter } from './enter'

/** What an invitation's link opens: a new account, or one click for who is signed in. */
export function InvitationScreen() {
  const t = useTranslations('identity')
  const { token } = useParams({ from: '/invitation/$token' })
  const invitation = useQuery(api.invitations.show.queryOptions({ params: { token } }))
  const session = useQuery(api.session.show.queryOptions())
  if (invitation.isError) {
    return (
      <Door title={t('invitation.gone')} foot={<ToSignIn />}>
        <Text size="sm">{problemOf(invitation.error).message}</Text>
      </Door>
    )
  }
  if (!invitation.data || !session.data) {
    return (
      <Door title={t('invitation.waiting')}>
        <Waiting rows={3} />
      </Door>
    )
  }
  const { workspace_name: workspace, role, email, has_account: hasAccount } = invitation.data
  const signedInAs = session.data.user?.email
  return (
    <Door
      title={t('invitation.title', { workspace })}
      lead={t('invitation.lead', { role: t(`roles.${role as 'admin'}`) })}
    >
      {signedInAs ? (
        <Join token={token} text={t('invitation.asYou', { email: signedInAs })} />
      ) : hasAccount ? (
        <Stack>
          <Text size="sm">{t('invitation.existing', { email })}</Text>
          <LinkButton to="/sign-in" search={{ next: `/invitation/${token}` }}>
            {t('signIn.submit')}
          </LinkButton>
        </Stack>
      ) : (
        <NewAccount token={token} email={email} />
      )}
    </Door>
  )
}

function useAccept(onError?: (error: unknown) => void) {
  return useMutation(api.invitations.accept.mutationOptions({ onSuccess: () => enter(), onError }))
}

function Join({ token, text }: { token: string; text: string }) {
  const t = useTranslations('identity')
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const accept = useAccept((error) => setProblem(problemOf(error)))
  return (
    <Stack>
      <FormProblem problem={problem} />
      <Text size="sm">{text}</Text>
      <Button onClick={() => accept.mutate({ params: { token }, body: {} })} loading={accept.isPending}>
        {t('invitation.submit')}
      </Button>
    </Stack>
  )
}

function NewAccount({ token, email }: { token: string; email: string }) {
  const t = useTranslations('identity')
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const form = useForm({ initialValues: { full_name: '', password: '' } })
  const accept = useAccept((error) => setProblem(showErrors(form, error)))
  return (
    <form onSubmit={form.onSubmit((body) => accept.mutate({ params: { token }, body }))}>
      <Stack>
        <FormProblem problem={problem} />
        <TextInput label={t('email')} value={email} readOnly autoComplete="username" />
        <TextInput label={t('fullName')} autoComplete="name" required autoFocus {...form.getInputProps('full_name')} />
        <PasswordInput
          label={t('password')}
          description={t('passwordHint')}
          autoComplete="new-password"
          required
          {...form.getInputProps('password')}
        />
        <Button type="submit" loading={accept.isPending} fullWidth mt="xs">
          {t('invitation.submit')}
        </Button>
      </Stack>
    </form>
  )
}

function ToSignIn() {
  const t = useTranslations('identity')
  return <LinkAnchor to="/sign-in">{t('backToSignIn')}</LinkAnchor>
}
