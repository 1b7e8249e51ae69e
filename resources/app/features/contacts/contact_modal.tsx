import { Alert, SimpleGrid, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconInfoCircle } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, refresh } from '~/api'
import { problemOf, showErrors, type ProblemSeen } from '~/problem'
import { FormModal, LinkAnchor, said } from '~/ui'
import { AttributeInput } from './attribute_input'
import { nameOf } from './person'
import { TagsField } from './tags_field'

const nobody = {
  email: '',
  first_name: '',
  last_name: '',
  phone: '',
  tags: [] as string[],
  attributes: {} as Record<string, unknown>,
}

/** Adds one person by hand. Knowing somebody is not being allowed to write to them, and this says so. */
export function ContactModal({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useTranslations('contacts')
  const { workspaceId = '' } = useParams({ strict: false })
  const fields = useQuery({ ...api.fields.index.queryOptions({ query: { limit: 100 } }), enabled: opened })
  const { form, submit, close, problem, existing, isBusy } = useNewContact(workspaceId, onClose)
  return (
    <FormModal
      opened={opened}
      size="lg"
      title={t('add')}
      problem={problem}
      submitLabel={t('addButton')}
      busy={isBusy}
      onSubmit={submit}
      onClose={close}
    >
      <TextInput label={t('email')} type="email" autoComplete="off" data-autofocus {...form.getInputProps('email')} />
      {existing && (
        <Alert color="yellow" role="status">
          <LinkAnchor to="/w/$workspaceId/contacts/$id" params={{ workspaceId, id: existing }}>
            {t('openExisting')}
          </LinkAnchor>
        </Alert>
      )}
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput label={t('first_name')} autoComplete="off" {...form.getInputProps('first_name')} />
        <TextInput label={t('last_name')} autoComplete="off" {...form.getInputProps('last_name')} />
      </SimpleGrid>
      <TextInput
        label={t('phone')}
        placeholder="+44 117 496 0000"
        autoComplete="off"
        {...form.getInputProps('phone')}
      />
      {(fields.data?.data ?? []).map((field) => (
        <AttributeInput
          key={field.id}
          field={field}
          value={form.values.attributes[field.key]}
          onChange={(value) => form.setFieldValue('attributes', { ...form.values.attributes, [field.key]: value })}
          error={form.errors[`attributes.${field.key}`] as string | undefined}
        />
      ))}
      <TagsField label={t('tags')} placeholder={t('tagsPlaceholder')} {...form.getInputProps('tags')} />
      <Alert color="door" variant="light" icon={<IconInfoCircle aria-hidden />}>
        <Text size="sm">{t('addingGrantsNothing')}</Text>
      </Alert>
    </FormModal>
  )
}

/** What is typed so far, and what the server says to it: that they exist already leads there. */
function useNewContact(workspaceId: string, onClose: () => void) {
  const t = useTranslations('contacts')
  const navigate = useNavigate()
  const [problem, setProblem] = useState<ProblemSeen | null>(null)
  const [existing, setExisting] = useState<string | null>(null)
  const form = useForm({ initialValues: nobody, onValuesChange: () => setExisting(null) })
  const close = () => {
    form.reset()
    setProblem(null)
    onClose()
  }
  const create = useMutation(
    api.contacts.store.mutationOptions({
      onError: (error) => {
        const [item] = problemOf(error).items
        setExisting(item?.code === 'E_CONTACT_EXISTS' && item.contact_id ? String(item.contact_id) : null)
        setProblem(showErrors(form, error))
      },
      onSuccess: async (contact) => {
        close()
        said(t('added', { name: nameOf(contact) }))
        await refresh('contacts', 'tags', 'overview')
        void navigate({ to: '/w/$workspaceId/contacts/$id', params: { workspaceId, id: contact.id } })
      },
    })
  )
  const submit = form.onSubmit(({ attributes, ...person }) =>
    create.mutate({ body: { ...blanksToNull(person), attributes: given(attributes) } })
  )
  return { form, submit, close, problem, existing, isBusy: create.isPending }
}

function blanksToNull<T extends object>(person: T) {
  return Object.fromEntries(Object.entries(person).map(([key, value]) => [key, value === '' ? null : value])) as T
}

const given = (attributes: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== null && value !== undefined))
