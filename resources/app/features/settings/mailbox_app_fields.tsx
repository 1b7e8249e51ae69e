import { Anchor, NativeSelect, PasswordInput, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useTranslations } from 'use-intl'
import { Copyable } from '~/ui'
import type { MailboxValues, SignInKind } from './mailbox_values'

type Form = UseFormReturnType<MailboxValues>

const consoles = { google: 'https://console.cloud.google.com/auth/clients', microsoft: 'https://entra.microsoft.com' }
const scopes = {
  google: 'https://mail.google.com/',
  microsoft: 'IMAP.AccessAsUser.All offline_access',
}

/** The app that the owner registers with the provider: where, with which address, and what it is given there. */
export function MailboxAppFields({
  kind,
  form,
  redirectUri,
  isSecretKept,
}: {
  kind: SignInKind
  form: Form
  redirectUri: string
  isSecretKept: boolean
}) {
  const t = useTranslations('bounces.mailbox.app')
  return (
    <Stack component="fieldset" gap="sm" m={0} p="md" className="raised">
      <Text component="legend" fw={600} size="sm" px={4}>
        {t('title')}
      </Text>
      <Steps kind={kind} />
      <Given label={t('redirectUri')} value={redirectUri} />
      {kind !== 'other' && <Given label={t('scope')} value={scopes[kind]} />}
      {kind !== 'other' && isRefusedThere(redirectUri) && (
        <Text size="sm" c="red.8" role="alert">
          {t('needsHttps')}
        </Text>
      )}
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput label={t('clientId')} required autoComplete="off" {...form.getInputProps('app.client_id')} />
        <PasswordInput
          label={t('clientSecret')}
          description={isSecretKept ? t('secretKept') : undefined}
          required={!isSecretKept}
          autoComplete="new-password"
          {...form.getInputProps('app.client_secret')}
        />
      </SimpleGrid>
      {kind === 'microsoft' && (
        <TextInput
          label={t('tenant')}
          description={t('tenantHint')}
          placeholder="organizations"
          {...form.getInputProps('app.tenant')}
        />
      )}
      {kind === 'other' && <OwnServer form={form} />}
    </Stack>
  )
}

function Given({ label, value }: { label: string; value: string }) {
  return (
    <Stack gap={4}>
      <Text size="sm" fw={600} aria-hidden>
        {label}
      </Text>
      <Copyable value={value} label={label} />
    </Stack>
  )
}

function Steps({ kind }: { kind: SignInKind }) {
  const t = useTranslations('bounces.mailbox.app')
  const steps = {
    google: ['google.audience', 'google.client', 'google.scope'],
    microsoft: ['microsoft.register', 'microsoft.permissions', 'microsoft.secret'],
    other: ['other.register'],
  } as const
  return (
    <>
      <Text component="ol" size="sm" m={0} pl="lg">
        {steps[kind].map((step) => (
          <li key={step}>{t(step)}</li>
        ))}
      </Text>
      {kind !== 'other' && (
        <Anchor href={consoles[kind]} target="_blank" rel="noreferrer" size="sm" className="break">
          {consoles[kind]}
        </Anchor>
      )}
    </>
  )
}

function OwnServer({ form }: { form: Form }) {
  const t = useTranslations('bounces.mailbox.app')
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          label={t('authorizationEndpoint')}
          placeholder="https://"
          required
          {...form.getInputProps('app.authorization_endpoint')}
        />
        <TextInput
          label={t('tokenEndpoint')}
          placeholder="https://"
          required
          {...form.getInputProps('app.token_endpoint')}
        />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput label={t('scope')} description={t('scopeHint')} required {...form.getInputProps('app.scope')} />
        <NativeSelect
          label={t('clientAuth')}
          description={t('clientAuthHint')}
          data={(['basic', 'post'] as const).map((value) => ({ value, label: t(`clientAuths.${value}`) }))}
          {...form.getInputProps('app.client_auth')}
        />
      </SimpleGrid>
    </>
  )
}

/** Both send people back by https alone, or to the machine that they sit at. */
const isRefusedThere = (address: string) =>
  !address.startsWith('https:') && !/^http:\/\/(localhost|127\.0\.0\.1)[:/]/.test(address)
