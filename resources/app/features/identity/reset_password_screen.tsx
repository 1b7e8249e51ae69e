import { Button, PasswordInput, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api } from '~/api'
import { problemOf, showErrors, type ProblemSeen } from '~/problem'
import { ErrorPanel, FormProblem, LinkAnchor, LinkButton, Waiting } from '~/ui'
import { Door } from './door'

export function ResetPasswordScreen() {
  const t = useTranslations('identity')
  const { token } = useParams({ from: '/reset-password/$token' })
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const form = useForm({ initialValues: { password: '' } })
  const reset = useMutation(
    api.passwordResets.update.mutationOptions({ onError: (error) => setProblem(showErrors(form, error)) })
  )
  const link = useQuery(api.passwordResets.show.queryOptions({ params: { token } }, { staleTime: Infinity }))
  const signIn = <LinkAnchor to="/sign-in">{t('backToSignIn')}</LinkAnchor>
  if (reset.isSuccess) {
    return (
      <Door title={t('reset.doneTitle')} foot={signIn}>
        <Text size="sm" role="status">
          {t('reset.done')}
        </Text>
      </Door>
    )
  }
  if (!link.data) {
    const isGone = problemOf(link.error).status === 404
    return (
      <Door title={t(isGone ? 'reset.goneTitle' : 'reset.title')} foot={signIn}>
        {isGone ? (
          <Gone />
        ) : link.isError ? (
          <ErrorPanel error={link.error} retry={link.refetch} />
        ) : (
          <Waiting rows={3} />
        )}
      </Door>
    )
  }
  return (
    <Door title={t('reset.title')} lead={t('reset.lead', { email: link.data.email })} foot={signIn}>
      <form onSubmit={form.onSubmit((values) => reset.mutate({ params: { token }, body: values }))}>
        <Stack>
          <FormProblem problem={problem} />
          <PasswordInput
            label={t('newPassword')}
            description={t('passwordHint')}
            autoComplete="new-password"
            required
            autoFocus
            {...form.getInputProps('password')}
          />
          <Button type="submit" loading={reset.isPending} fullWidth>
            {t('reset.submit')}
          </Button>
        </Stack>
      </form>
    </Door>
  )
}

function Gone() {
  const t = useTranslations('identity.reset')
  return (
    <Stack>
      <Text size="sm">{t('gone')}</Text>
      <LinkButton to="/forgot-password">{t('again')}</LinkButton>
    </Stack>
  )
}
