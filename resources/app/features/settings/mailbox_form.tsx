import { NativeSelect, PasswordInput, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { showErrors, type ProblemSeen } from '~/problem'
import { FormButtons, FormProblem, NumberField, said } from '~/ui'
import type { Mailbox } from './bounce_mailbox'

const valuesOf = (mailbox: Mailbox | null) => ({
  address: mailbox?.address ?? '',
  host: mailbox?.host ?? '',
  port: (mailbox?.port ?? 993) as number | null,
  security: mailbox?.security ?? 'tls',
  user: mailbox?.user ?? '',
  password: '',
  folder: mailbox?.folder ?? 'INBOX',
  after_reading: mailbox?.after_reading ?? 'seen',
  move_to: mailbox?.move_to ?? '',
})

const bodyOf = ({ password, move_to: moveTo, port, ...rest }: ReturnType<typeof valuesOf>) => ({
  ...rest,
  port: port ?? 993,
  ...(password === '' ? {} : { password }),
  move_to: rest.after_reading === 'move' ? moveTo || null : null,
})

/** The bounce mailbox and how to get in. It is tried before it is kept, so saving takes a moment. */
export function MailboxForm({ mailbox, onDone }: { mailbox: Mailbox | null; onDone: () => void }) {
  const t = useTranslations('bounces.mailbox')
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const form = useForm({ initialValues: valuesOf(mailbox) })
  const save = useMutation(
    api.bounceMailbox.update.mutationOptions({
      onSuccess: async () => {
        await refresh('bounceMailbox')
        said(t('saved'))
        onDone()
      },
      onError: (error) => setProblem(showErrors(form, error)),
    })
  )
  const choices = <T extends string>(name: 'security' | 'after', values: readonly T[]) =>
    values.map((value) => ({ value, label: t(`${name}.${value}` as 'security.tls') }))
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate({ body: bodyOf(values) }))}>
      <Stack>
        <TextInput
          type="email"
          label={t('address')}
          description={t('addressHint')}
          placeholder="bounces@example.org"
          required
          {...form.getInputProps('address')}
        />
        <SimpleGrid cols={{ base: 1, xs: 3 }}>
          <TextInput label={t('host')} placeholder="imap.example.org" required {...form.getInputProps('host')} />
          <NumberField label={t('port')} required min={1} max={65_535} whole {...form.getInputProps('port')} />
          <NativeSelect
            label={t('security.label')}
            data={choices('security', ['tls', 'starttls', 'none'])}
            {...form.getInputProps('security')}
          />
        </SimpleGrid>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput label={t('user')} required autoComplete="off" {...form.getInputProps('user')} />
          <PasswordInput
            label={t('password')}
            description={mailbox ? t('passwordKept') : undefined}
            required={!mailbox}
            autoComplete="new-password"
            {...form.getInputProps('password')}
          />
        </SimpleGrid>
        <SimpleGrid cols={{ base: 1, xs: 3 }}>
          <TextInput label={t('folder')} required {...form.getInputProps('folder')} />
          <NativeSelect
            label={t('after.label')}
            data={choices('after', ['seen', 'keep', 'move'])}
            {...form.getInputProps('after_reading')}
          />
          {form.getValues().after_reading === 'move' && (
            <TextInput label={t('moveTo')} required {...form.getInputProps('move_to')} />
          )}
        </SimpleGrid>
        <FormProblem problem={problem} />
        <FormButtons submitLabel={t('save')} busy={save.isPending} onCancel={onDone} />
      </Stack>
    </form>
  )
}
