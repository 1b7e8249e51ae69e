import { Button, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api } from '~/api'
import { showErrors, type ProblemSeen } from '~/problem'
import { FormProblem, LinkAnchor } from '~/ui'
import { Door } from './door'

export function ForgotPasswordScreen() {
  const t = useTranslations('identity')
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const form = useForm({ initialValues: { email: '' } })
  const send = useMutation(
    api.passwordResets.store.mutationOptions({ onError: (error) => setProblem(showErrors(form, error)) })
  )
  const back = <LinkAnchor to="/sign-in">{t('backToSignIn')}</LinkAnchor>
  if (send.isSuccess) {
    return (
      <Door title={t('forgot.sentTitle')} foot={back}>
        <Text size="sm" role="status">
          {t('forgot.sent', { email: form.values.email })}
        </Text>
      </Door>
    )
  }
  return (
    <Door title={t('forgot.title')} lead={t('forgot.lead')} foot={back}>
      <form onSubmit={form.onSubmit((values) => send.mutate({ body: values }))}>
        <Stack>
          <FormProblem problem={problem} />
          <TextInput
            label={t('email')}
            type="email"
            autoComplete="username"
            required
            autoFocus
            {...form.getInputProps('email')}
          />
          <Button type="submit" loading={send.isPending} fullWidth>
            {t('forgot.submit')}
          </Button>
        </Stack>
      </form>
    </Door>
  )
}
