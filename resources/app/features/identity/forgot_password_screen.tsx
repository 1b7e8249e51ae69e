import { Anchor, Button, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { showErrors, type ProblemSeen } from '~/problem'
import { FormProblem } from '~/ui'
import { ask } from './ask'
import { Door } from './door'

export function ForgotPasswordScreen() {
  const t = useTranslations('identity')
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const form = useForm({ initialValues: { email: '' } })
  const send = useMutation({
    mutationFn: (body: typeof form.values) => ask('POST', '/password-resets', body),
    onError: (error) => setProblem(showErrors(form, error)),
  })
  const back = (
    <Anchor component={Link} to="/sign-in">
      {t('backToSignIn')}
    </Anchor>
  )
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
      <form onSubmit={form.onSubmit((values) => send.mutate(values))}>
        <Stack>
          <FormProblem problem={problem} />
          <TextInput label={t('email')} type="email" autoComplete="username" required autoFocus {...form.getInputProps('email')} />
          <Button type="submit" loading={send.isPending} fullWidth>
            {t('forgot.submit')}
          </Button>
        </Stack>
      </form>
    </Door>
  )
}
