import { NativeSelect, PasswordInput, SimpleGrid, Switch, TextInput } from '@mantine/core'
import { useForm, type UseFormReturnType } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { showErrors, type ProblemSeen } from '~/problem'
import { FormModal, NumberField, said } from '~/ui'
import type { Provider } from './provider_row'

type Kind = Provider['kind']
const kinds: Kind[] = ['resend', 'ses', 'postmark', 'smtp']

const secrets = ['api_key', 'secret_access_key', 'server_token', 'password'] as const
const nothing = {
  api_key: '',
  access_key_id: '',
  secret_access_key: '',
  region: 'eu-west-1',
  configuration_set: '',
  server_token: '',
  broadcast_stream: 'broadcast',
  transactional_stream: 'outbound',
  host: '',
  port: 587 as number | null,
  security: 'starttls',
  user: '',
  password: '',
}
type Credentials = typeof nothing

const fields: Record<Kind, (keyof Credentials)[]> = {
  resend: ['api_key'],
  ses: ['access_key_id', 'secret_access_key', 'region', 'configuration_set'],
  postmark: ['server_token', 'broadcast_stream', 'transactional_stream'],
  smtp: ['host', 'port', 'security', 'user', 'password'],
}

interface Values {
  kind: Kind
  name: string
  is_fallback: boolean
  credentials: Credentials
}
type Form = UseFormReturnType<Values>

/** Connects an account, or changes one. Secrets go in and are never shown again. */
export function ProviderModal({
  opened,
  provider,
  onClose,
}: {
  opened: boolean
  provider: Provider | null
  onClose: () => void
}) {
  const t = useTranslations('providers')
  const { form, submit, problem, isBusy } = useSaveProvider(provider, onClose)
  return (
    <FormModal
      opened={opened}
      title={provider ? t('editName', { name: provider.name }) : t('connect')}
      problem={problem}
      submitLabel={t(provider ? 'saveChanges' : 'save')}
      busy={isBusy}
      onSubmit={submit}
      onClose={onClose}
    >
      {!provider && (
        <NativeSelect
          label={t('kind')}
          data={kinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          {...form.getInputProps('kind')}
        />
      )}
      {fields[form.values.kind].map((field) => (
        <Field key={field} field={field} form={form} isKnown={provider !== null} />
      ))}
      <SimpleGrid cols={1}>
        <TextInput label={t('name')} description={t('nameHint')} maxLength={80} {...form.getInputProps('name')} />
        <Switch
          label={t('fallback')}
          description={t('fallbackHint')}
          {...form.getInputProps('is_fallback', { type: 'checkbox' })}
        />
      </SimpleGrid>
    </FormModal>
  )
}

const optional: (keyof Credentials)[] = [
  'configuration_set',
  'user',
  'password',
  'broadcast_stream',
  'transactional_stream',
]

const hinted = [
  'api_key',
  'access_key_id',
  'secret_access_key',
  'configuration_set',
  'server_token',
  'password',
] as const
const isHinted = (field: string): field is (typeof hinted)[number] => (hinted as readonly string[]).includes(field)

function Field({ field, form, isKnown }: { field: keyof Credentials; form: Form; isKnown: boolean }) {
  const t = useTranslations('providers')
  const isSecret = (secrets as readonly string[]).includes(field)
  const common = {
    label: t(`fields.${field}.label`),
    description: isHinted(field) ? t(`fields.${field}.hint`) : undefined,
    required: !optional.includes(field) && !(isKnown && isSecret),
    ...form.getInputProps(`credentials.${field}`),
  }
  if (field === 'port') return <NumberField min={1} max={65_535} whole {...common} />
  if (field === 'security') {
    return (
      <NativeSelect
        data={(['starttls', 'tls', 'none'] as const).map((value) => ({ value, label: t(`security.${value}`) }))}
        {...common}
      />
    )
  }
  if (isSecret) {
    return <PasswordInput autoComplete="off" placeholder={isKnown ? t('unchanged') : undefined} {...common} />
  }
  return <TextInput autoComplete="off" {...common} />
}

function useSaveProvider(provider: Provider | null, onClose: () => void) {
  const t = useTranslations('providers')
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const form: Form = useForm<Values>({
    initialValues: {
      kind: provider?.kind ?? 'resend',
      name: provider?.name ?? '',
      is_fallback: provider?.is_fallback ?? false,
      credentials: { ...nothing, ...(provider?.settings as Partial<Credentials>) },
    },
  })
  const done = {
    onError: (error: unknown) => setProblem(showErrors(form, error)),
    onSuccess: async () => {
      await refresh('providers')
      said(t(provider ? 'savedNow' : 'connectedNow'))
      form.reset()
      setProblem(null)
      onClose()
    },
  }
  const create = useMutation(api.providers.store.mutationOptions(done))
  const update = useMutation(api.providers.update.mutationOptions(done))
  const submit = form.onSubmit(({ kind, name, is_fallback: isFallback, credentials }) => {
    const common = { is_fallback: isFallback, ...(name.trim() ? { name } : {}) }
    if (!provider) {
      return create.mutate({ body: { kind, ...common, credentials: told(kind, credentials, {}) as never } })
    }
    const changed = told(kind, credentials, provider.settings)
    const body = { ...common, ...(Object.keys(changed).length > 0 ? { credentials: changed as never } : {}) }
    return update.mutate({ params: { id: provider.id }, body })
  })
  return { form, submit, problem, isBusy: create.isPending || update.isPending }
}

/** Of the fields of a kind those that say something new: a secret that was left empty stays as it is. */
const told = (kind: Kind, credentials: Credentials, known: Provider['settings']) =>
  Object.fromEntries(
    fields[kind].flatMap((field) => {
      const value = credentials[field]
      const isNew = field in known ? String(value) !== String(known[field]) : value !== '' && value !== null
      return isNew ? [[field, value]] : []
    })
  )
