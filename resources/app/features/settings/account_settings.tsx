import { Button, Group, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { showErrors, type ProblemSeen } from '~/problem'
import { useMay, useMe, useWorkspace } from '~/shell/me'
import { ConfirmModal, FormProblem, Page, said, Section } from '~/ui'

/** What belongs to the person, in every workspace alike. */
export function AccountSettings() {
  const t = useTranslations('settings')
  return (
    <Page title={t('parts.account')} lead={t('account.lead')}>
      <NameForm />
      <PasswordForm />
      <Leave />
    </Page>
  )
}

function NameForm() {
  const t = useTranslations('settings')
  const common = useTranslations('common')
  const { user } = useMe()
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const form = useForm({ initialValues: { full_name: user.full_name ?? '' } })
  const save = useMutation(
    api.me.update.mutationOptions({
      onSuccess: async () => {
        form.resetDirty()
        await refresh('me')
        said(t('account.saved'))
      },
      onError: (error) => setProblem(showErrors(form, error)),
    })
  )
  return (
    <Section title={t('account.you')}>
      <form onSubmit={form.onSubmit((body) => save.mutate({ body }))}>
        <Stack>
          <FormProblem problem={problem} />
          <TextInput label={t('account.email')} value={user.email} readOnly autoComplete="username" />
          <TextInput
            label={t('account.name')}
            required
            maxLength={120}
            autoComplete="name"
            {...form.getInputProps('full_name')}
          />
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
              {common('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  )
}

function PasswordForm() {
  const t = useTranslations('settings')
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const form = useForm({ initialValues: { current_password: '', password: '' } })
  const change = useMutation(
    api.me.password.mutationOptions({
      onSuccess: () => {
        form.reset()
        setProblem(null)
        said(t('account.passwordChanged'))
      },
      onError: (error) => setProblem(showErrors(form, error)),
    })
  )
  return (
    <Section title={t('account.password')} lead={t('account.passwordLead')}>
      <form onSubmit={form.onSubmit((body) => change.mutate({ body }))}>
        <Stack>
          <FormProblem problem={problem} />
          <PasswordInput
            label={t('account.current')}
            required
            autoComplete="current-password"
            {...form.getInputProps('current_password')}
          />
          <PasswordInput
            label={t('account.new')}
            required
            autoComplete="new-password"
            {...form.getInputProps('password')}
          />
          <Group justify="flex-end">
            <Button type="submit" loading={change.isPending}>
              {t('account.change')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  )
}

function Leave() {
  const t = useTranslations('settings')
  const { name } = useWorkspace()
  const may = useMay()
  const [isOpen, setOpen] = useState(false)
  const leave = useMutation(api.membership.destroy.mutationOptions({ onSuccess: () => window.location.assign('/') }))
  if (may('workspace:delete')) return null
  return (
    <Section title={t('account.leave', { name })} lead={t('account.leaveLead')}>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t('account.leaveButton')}
      </Button>
      <ConfirmModal
        opened={isOpen}
        onClose={() => setOpen(false)}
        onConfirm={() => leave.mutate({})}
        busy={leave.isPending}
        title={t('account.leave', { name })}
        confirmLabel={t('account.leaveButton')}
        danger
      >
        {t('account.leaveLead')}
      </ConfirmModal>
    </Section>
  )
}
