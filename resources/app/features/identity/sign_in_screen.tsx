import { Anchor, Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { showErrors, type ProblemSeen } from '~/problem'
import { FormProblem } from '~/ui'
import { ask } from './ask'
import { Door } from './door'
import { enter } from './enter'

export function SignInScreen() {
  const t = useTranslations('identity')
  const { next } = useSearch({ from: '/sign-in' })
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const form = useForm({ initialValues: { email: '', password: '' } })
  const signIn = useMutation({
    mutationFn: (body: typeof form.values) => ask('POST', '/session', body),
    onSuccess: () => enter(next),
    onError: (error) => setProblem(showErrors(form, error)),
  })
  return (
    <Door title={t('signIn.title')} lead={t('signIn.lead')} foot={<Anchor component={Link} to="/forgot-password">{t('signIn.forgot')}</Anchor>}>
      <form onSubmit={form.onSubmit((values) => signIn.mutate(values))}>
        <Stack>
          <FormProblem problem={problem} />
          <TextInput label={t('email')} type="email" autoComplete="username" required data-autofocus autoFocus {...form.getInputProps('email')} />
          <PasswordInput label={t('password')} autoComplete="current-password" required {...form.getInputProps('password')} />
          <Button type="submit" loading={signIn.isPending} fullWidth mt="xs">
            {t('signIn.submit')}
          </Button>
        </Stack>
      </form>
    </Door>
  )
}
