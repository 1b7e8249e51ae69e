import { Button, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { problemOf } from '~/problem'
import { useMay } from '~/shell/me'
import { ConfirmModal, ErrorPanel, failed, said, Section, StatusBadge, TimeAgo, Waiting } from '~/ui'
import { MailboxForm } from './mailbox_form'
import { signInBodyOf, valuesOf } from './mailbox_values'

/** As GET /bounce-mailbox answers (app/delivery/feedback/mailbox/mailbox_json.ts). */
export interface Mailbox {
  address: string
  host: string
  port: number
  security: 'tls' | 'starttls' | 'none'
  user: string
  folder: string
  after_reading: 'keep' | 'seen' | 'move'
  move_to: string | null
  checked_at: string | null
  last_error: string | null
  /** Null: it is opened by a password. */
  app: null | {
    kind: 'google' | 'microsoft' | 'other'
    client_id: string
    tenant: string | null
    authorization_endpoint: string
    token_endpoint: string
    scope: string
    client_auth: 'basic' | 'post'
  }
  /** Why somebody has to sign in again; null: nobody has to. */
  sign_in_again: string | null
  received: { matched: number; unsubscribed: number; unmatched: number; other: number }
}

/** Where reports on what is sent by SMTP come to, and whether it can be read. */
export function BounceMailbox() {
  const t = useTranslations('bounces.mailbox')
  const asked = useQuery(api.bounceMailbox.show.queryOptions())
  const mayWrite = useMay()('settings:write')
  const [isEditing, setEditing] = useState(false)
  const mailbox = asked.data?.mailbox ?? null
  return (
    <Section title={t('title')} lead={t('lead')}>
      {asked.isPending && <Waiting rows={2} />}
      {asked.isError && <ErrorPanel error={asked.error} retry={asked.refetch} />}
      {asked.data && isEditing && (
        <MailboxForm mailbox={mailbox} redirectUri={asked.data.redirect_uri} onDone={() => setEditing(false)} />
      )}
      {asked.data && !isEditing && (
        <Stack gap="md">
          {mailbox ? <Standing mailbox={mailbox} /> : <Text size="sm">{t('none')}</Text>}
          {mayWrite && (
            <Group>
              {mailbox?.sign_in_again && <SignInAgainButton mailbox={mailbox} />}
              <Button variant={mailbox ? 'default' : 'filled'} onClick={() => setEditing(true)}>
                {t(mailbox ? 'change' : 'setUp')}
              </Button>
              {mailbox && <TestButton />}
              {mailbox && <RemoveButton />}
            </Group>
          )}
        </Stack>
      )}
    </Section>
  )
}

function Standing({ mailbox }: { mailbox: Mailbox }) {
  const t = useTranslations('bounces.mailbox')
  const { address, user, host, folder, checked_at: checkedAt, last_error: error, received, app } = mailbox
  const again = mailbox.sign_in_again
  const trouble = again ?? error
  return (
    <Stack gap="xs">
      <Group gap="sm">
        <StatusBadge tone={trouble ? 'bad' : 'good'}>
          {t(again ? 'signInAgain' : error ? 'broken' : 'read')}
        </StatusBadge>
        {checkedAt && (
          <Text size="sm" c="dimmed">
            {t('checked')} <TimeAgo value={checkedAt} />
          </Text>
        )}
      </Group>
      <Text size="sm" className="break">
        {t('where', { address, user, host, folder })}
      </Text>
      {app && <Text size="sm">{t('signedInAt', { provider: providerOf(app) })}</Text>}
      {trouble && (
        <Text size="sm" className="break">
          {again ?? t('error', { error: trouble })}
        </Text>
      )}
      <Text size="sm" c="dimmed">
        {t('received', received)}
      </Text>
    </Stack>
  )
}

const providerOf = ({ kind, token_endpoint: endpoint }: NonNullable<Mailbox['app']>) =>
  kind === 'google' ? 'Google' : kind === 'microsoft' ? 'Microsoft' : new URL(endpoint).host

/** To the provider with what is stored, and back by mailbox_return.tsx. */
function SignInAgainButton({ mailbox }: { mailbox: Mailbox }) {
  const t = useTranslations('bounces.mailbox')
  const go = useMutation(
    api.bounceMailbox.signIn.mutationOptions({
      onSuccess: ({ url }) => window.location.assign(url),
      onError: (error) => failed(problemOf(error).message),
    })
  )
  return (
    <Button loading={go.isPending} onClick={() => go.mutate({ body: signInBodyOf(valuesOf(mailbox)) })}>
      {t('signInAgain')}
    </Button>
  )
}

function TestButton() {
  const t = useTranslations('bounces.mailbox')
  const test = useMutation(
    api.bounceMailbox.test.mutationOptions({
      onSuccess: ({ mails }) => said(t('tested', { mails })),
      onError: (error) => failed(problemOf(error).message),
    })
  )
  return (
    <Button variant="default" loading={test.isPending} onClick={() => test.mutate({})}>
      {t('test')}
    </Button>
  )
}

function RemoveButton() {
  const t = useTranslations('bounces.mailbox')
  const [isAsking, setAsking] = useState(false)
  const remove = useMutation(
    api.bounceMailbox.destroy.mutationOptions({
      onSuccess: async () => {
        setAsking(false)
        await refresh('bounceMailbox')
        said(t('removed'))
      },
    })
  )
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t('remove')}
      </Button>
      <ConfirmModal
        opened={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => remove.mutate({})}
        busy={remove.isPending}
        title={t('removeTitle')}
        confirmLabel={t('remove')}
        danger
      >
        {t('removeText')}
      </ConfirmModal>
    </>
  )
}
