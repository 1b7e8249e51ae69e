import { NativeSelect, PasswordInput, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { useForm, type UseFormReturnType } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { problemOf, showErrors, type ProblemSeen } from '~/problem'
import { useWorkspace } from '~/shell/me'
import { FormButtons, FormProblem, NumberField, said } from '~/ui'
import type { Mailbox } from './bounce_mailbox'
import { MailboxAppFields } from './mailbox_app_fields'
import {
  bodyOf,
  forgetTyped,
  keepTyped,
  needsConsent,
  signInBodyOf,
  signInKinds,
  typedBefore,
  valuesOf,
  type MailboxValues,
} from './mailbox_values'

type Form = UseFormReturnType<MailboxValues>

/**
 * The bounce mailbox and how to get in. It is tried before it is kept, so saving takes a moment; where a provider wants
 * consent, the way leads there and back (`mailbox_return.tsx`).
 */
export function MailboxForm({
  mailbox,
  redirectUri,
  onDone,
}: {
  mailbox: Mailbox | null
  redirectUri: string
  onDone: () => void
}) {
  const t = useTranslations('bounces.mailbox')
  const { id } = useWorkspace()
  const { form, submit, problem, isBusy } = useSaveMailbox(mailbox, onDone)
  const choices = useChoices()
  const { opened_by: openedBy } = form.values
  const isThere = needsConsent(form.values, mailbox) && openedBy !== 'password'
  return (
    <form onSubmit={form.onSubmit(submit)}>
      <Stack>
        <TextInput
          type="email"
          label={t('address')}
          description={t('addressHint')}
          placeholder="bounces@example.org"
          required
          {...form.getInputProps('address')}
        />
        <NativeSelect
          label={t('openedBy.label')}
          description={t('openedBy.hint')}
          data={choices('openedBy', ['password', ...signInKinds])}
          {...form.getInputProps('opened_by')}
        />
        {openedBy !== 'password' && (
          <MailboxAppFields
            kind={openedBy}
            form={form}
            redirectUri={redirectUri}
            isSecretKept={mailbox?.app?.kind === openedBy && mailbox.app.client_id === form.values.app.client_id}
          />
        )}
        {(openedBy === 'password' || openedBy === 'other') && <Server form={form} />}
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput
            label={t('user')}
            description={openedBy === 'password' ? undefined : t('userHint')}
            required
            autoComplete="off"
            {...form.getInputProps('user')}
          />
          {openedBy === 'password' && <Password form={form} isKept={mailbox !== null && !mailbox.app} />}
        </SimpleGrid>
        <Folder form={form} />
        <FormProblem problem={problem} />
        <FormButtons
          submitLabel={isThere ? t(`goTo.${openedBy}`) : t('save')}
          busy={isBusy}
          onCancel={() => {
            forgetTyped(id)
            onDone()
          }}
        />
      </Stack>
    </form>
  )
}

function useChoices() {
  const t = useTranslations('bounces.mailbox')
  return <T extends string>(name: 'security' | 'after' | 'openedBy', values: readonly T[]) =>
    values.map((value) => ({ value, label: t(`${name}.${value}` as 'security.tls') }))
}

function Server({ form }: { form: Form }) {
  const t = useTranslations('bounces.mailbox')
  const choices = useChoices()
  return (
    <SimpleGrid type="container" cols={{ 'base': 1, '320px': 2, '460px': 3 }}>
      <TextInput label={t('host')} placeholder="imap.example.org" required {...form.getInputProps('host')} />
      <NumberField label={t('port')} required min={1} max={65_535} whole {...form.getInputProps('port')} />
      <NativeSelect
        label={t('security.label')}
        data={choices('security', ['tls', 'starttls', 'none'])}
        {...form.getInputProps('security')}
      />
    </SimpleGrid>
  )
}

function Folder({ form }: { form: Form }) {
  const t = useTranslations('bounces.mailbox')
  const choices = useChoices()
  return (
    <SimpleGrid type="container" cols={{ 'base': 1, '320px': 2, '460px': 3 }}>
      <TextInput label={t('folder')} required {...form.getInputProps('folder')} />
      <NativeSelect
        label={t('after.label')}
        data={choices('after', ['seen', 'keep', 'move'])}
        {...form.getInputProps('after_reading')}
      />
      {form.values.after_reading === 'move' && (
        <TextInput label={t('moveTo')} required {...form.getInputProps('move_to')} />
      )}
    </SimpleGrid>
  )
}

function Password({ form, isKept }: { form: Form; isKept: boolean }) {
  const t = useTranslations('bounces.mailbox')
  return (
    <PasswordInput
      label={t('password')}
      description={isKept ? t('passwordKept') : undefined}
      required={!isKept}
      autoComplete="new-password"
      {...form.getInputProps('password')}
    />
  )
}

function useSaveMailbox(mailbox: Mailbox | null, onDone: () => void) {
  const t = useTranslations('bounces.mailbox')
  const { id } = useWorkspace()
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const form: Form = useForm<MailboxValues>({ initialValues: typedBefore(id) ?? valuesOf(mailbox) })
  /** The server of Google and Microsoft has no fields here: what is wrong with it is told below. */
  const onError = (error: unknown) => {
    const isHidden = problemOf(error).items.some(({ field }) => isServer(field))
    const hides = form.getValues().opened_by !== 'password' && form.getValues().opened_by !== 'other'
    setProblem(showErrors(form, error) ?? (isHidden && hides ? problemOf(error) : null))
  }
  const save = useMutation(
    api.bounceMailbox.update.mutationOptions({
      onSuccess: async () => {
        forgetTyped(id)
        await refresh('bounceMailbox')
        said(t('saved'))
        onDone()
      },
      onError,
    })
  )
  const go = useMutation(
    api.bounceMailbox.signIn.mutationOptions({
      onSuccess: ({ url }) => {
        keepTyped(id, form.getValues())
        window.location.assign(url)
      },
      onError,
    })
  )
  const submit = (values: MailboxValues) =>
    needsConsent(values, mailbox) ? go.mutate({ body: signInBodyOf(values) }) : save.mutate({ body: bodyOf(values) })
  return { form, submit, problem, isBusy: save.isPending || go.isPending }
}

const isServer = (field?: string) => field !== undefined && ['host', 'port', 'security'].includes(field)
