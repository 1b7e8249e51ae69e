import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api } from '~/api'
import { showErrors, type ProblemSeen } from '~/problem'
import { FormProblem, LinkAnchor } from '~/ui'
import { Door } from './door'
import { enter } from './enter'

export function SignInScreen() {
  const t = useTranslations('identity')
  const { next } = useSearch({ from: '/sign-in' })
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const form = useForm({ initialValues: { email: '', password: '' } })
  const signIn = useMutation(
    api.session.store.mutationOptions({
      onSuccess: () => enter(next),
      onError: (error) => setProblem(showErrors(form, error)),
    })
  )
  return (
    <Door
      title={t('signIn.title')}
      lead={t('signIn.lead')}
      foot={<LinkAnchor to="/forgot-password">{t('signIn.forgot')}</LinkAnchor>}
    >
      <form onSubmit={form.onSubmit((values) => signIn.mutate({ body: values }))}>
        <Stack>
          <FormProblem problem={problem} />
          <TextInput
            label={t('email')}
            type="email"
            autoComplete="username"
            required
            data-autofocus
            autoFocus
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label={t('password')}
            autoComplete="current-password"
            required
            {...form.getInputProps('password')}
          />
          <Button type="submit" loading={signIn.isPending} fullWidth mt="xs">
            {t('signIn.submit')}
          </Button>
        </Stack>
      </form>
    </Door>
  )
}
