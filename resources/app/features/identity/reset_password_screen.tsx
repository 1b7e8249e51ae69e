import { Button, PasswordInput, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api } from '~/api'
import { showErrors, type ProblemSeen } from '~/problem'
import { FormProblem, LinkAnchor } from '~/ui'
import { Door } from './door'

export function ResetPasswordScreen() {
  const t = useTranslations('identity')
  const { token } = useParams({ from: '/reset-password/$token' })
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const form = useForm({ initialValues: { password: '' } })
  const reset = useMutation(
    api.passwordResets.update.mutationOptions({ onError: (error) => setProblem(showErrors(form, error)) })
  )
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
  return (
    <Door title={t('reset.title')} lead={t('reset.lead')} foot={signIn}>
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
