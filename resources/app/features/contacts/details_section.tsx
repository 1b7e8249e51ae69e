import { Group, Loader, Stack, Text, TextInput } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, queryClient, refresh } from '~/api'
import { fieldErrors, problemOf } from '~/problem'
import { useMay } from '~/shell/me'
import { failed, LinkAnchor, Section, TimeAgo } from '~/ui'
import { AttributeInput, changesAtOnce, type ContactField } from './attribute_input'
import type { ContactRecord } from './person'
import { TagsField } from './tags_field'

type Change = Partial<
  Pick<
    ContactRecord,
    'email' | 'first_name' | 'last_name' | 'phone' | 'external_id' | 'locale' | 'timezone' | 'tags' | 'attributes'
  >
>

/** What we know about them. Each field is saved by itself when the cursor leaves it; a refusal stands beside its field. */
export function DetailsSection({ contact }: { contact: ContactRecord }) {
  const t = useTranslations('contacts')
  const mayWrite = useMay()('contacts:write')
  const fields = useQuery(api.fields.index.queryOptions({ query: { limit: 100 } })).data?.data ?? []
  const { save, errors, isSaving, savedAt, existing } = useAutosave(contact)
  return (
    <Section title={t('details')} actions={<SaveState isSaving={isSaving} savedAt={savedAt} />}>
      <fieldset disabled={!mayWrite} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
        <Stack gap="sm">
          {(['email', 'first_name', 'last_name', 'phone', 'external_id'] as const).map((column) => (
            <TextLine
              key={column}
              label={t(column)}
              value={contact[column]}
              onSave={(value) => save({ [column]: value })}
              error={errors[column]}
              type={column === 'email' ? 'email' : 'text'}
            />
          ))}
          {existing && (
            <LinkAnchor
              to="/w/$workspaceId/contacts/$id"
              params={{ workspaceId: existing.workspaceId, id: existing.id }}
              size="sm"
            >
              {t('openExisting')}
            </LinkAnchor>
          )}
          <TagsField
            label={t('tags')}
            value={contact.tags}
            onChange={(tags) => save({ tags })}
            error={errors.tags}
            disabled={!mayWrite}
          />
          {fields.map((field) => (
            <AttributeLine
              key={field.key}
              field={field}
              value={contact.attributes[field.key]}
              onSave={(value) => save({ attributes: { [field.key]: value } })}
              error={errors[`attributes.${field.key}`]}
            />
          ))}
          <TextLine
            label={t('locale')}
            value={contact.locale}
            onSave={(locale) => save({ locale })}
            error={errors.locale}
            placeholder="en-GB"
          />
          <TextLine
            label={t('timezone')}
            value={contact.timezone}
            onSave={(timezone) => save({ timezone })}
            error={errors.timezone}
            placeholder="Europe/Vienna"
          />
          <Text size="xs" c="dimmed">
            {t('addedOn')} <TimeAgo value={contact.created_at} />
          </Text>
        </Stack>
      </fieldset>
    </Section>
  )
}

function useAutosave({ id }: ContactRecord) {
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [savedAt, setSavedAt] = useState<string | null>(null)
  const [existing, setExisting] = useState<{ id: string; workspaceId: string } | null>(null)
  const update = useMutation(api.contacts.update.mutationOptions({ onError: () => {} }))
  const { queryKey } = api.contacts.show.queryOptions({ params: { id } })
  const save = (change: Change) => {
    const names = Object.keys(change.attributes ?? {}).map((key) => `attributes.${key}`)
    for (const key of Object.keys(change)) if (key !== 'attributes') names.push(key)
    const before = queryClient.getQueryData(queryKey)
    queryClient.setQueryData(
      queryKey,
      (now) => now && { ...now, ...change, attributes: { ...now.attributes, ...change.attributes } }
    )
    setErrors((now) => Object.fromEntries(Object.entries(now).filter(([name]) => !names.includes(name))))
    setExisting(null)
    update.mutate(
      { params: { id }, body: change },
      {
        onSuccess: async (contact) => {
          queryClient.setQueryData(queryKey, contact)
          setSavedAt(new Date().toISOString())
          await refresh('contacts', 'tags')
        },
        onError: (error) => {
          queryClient.setQueryData(queryKey, before)
          const refused = fieldErrors(error)
          if (Object.keys(refused).some((name) => names.includes(name))) setErrors((now) => ({ ...now, ...refused }))
          else failed(error)
          const other = problemOf(error).items[0]?.contact_id
          if (other) setExisting({ id: String(other), workspaceId: window.location.pathname.split('/')[2] })
        },
      }
    )
  }
  return { save, errors, existing, savedAt, isSaving: update.isPending }
}

function SaveState({ isSaving, savedAt }: { isSaving: boolean; savedAt: string | null }) {
  const t = useTranslations('contacts')
  const common = useTranslations('common')
  return (
    <Group gap={6} role="status" aria-live="polite" mih={24}>
      {isSaving ? (
        <>
          <Loader size={14} />
          <Text size="xs" c="dimmed">
            {t('saving')}
          </Text>
        </>
      ) : (
        savedAt && (
          <>
            <IconCheck size={16} aria-hidden />
            <Text size="xs" c="dimmed">
              {common('saved')}
            </Text>
          </>
        )
      )}
    </Group>
  )
}

/** Text that is kept while it is wrong, so that nobody types it twice. */
function TextLine({
  label,
  value,
  onSave,
  error,
  ...rest
}: {
  label: string
  value: string | null
  onSave: (value: string | null) => void
  error?: string
  type?: string
  placeholder?: string
}) {
  const [typed, type] = useState(value ?? '')
  useEffect(() => type((now) => (error ? now : (value ?? ''))), [value, error])
  const save = () => {
    const next = typed.trim() || null
    if (next !== value) onSave(next)
  }
  return (
    <TextInput
      label={label}
      value={typed}
      onChange={(event) => type(event.currentTarget.value)}
      onBlur={save}
      onKeyDown={(event) => event.key === 'Enter' && save()}
      error={error}
      autoComplete="off"
      data-1p-ignore
      {...rest}
    />
  )
}

function AttributeLine({
  field,
  value,
  onSave,
  error,
}: {
  field: ContactField
  value: unknown
  onSave: (value: unknown) => void
  error?: string
}) {
  const [typed, type] = useState(value ?? null)
  useEffect(() => type((now: unknown) => (error ? now : (value ?? null))), [value, error])
  const isSame = (next: unknown) => JSON.stringify(next ?? null) === JSON.stringify(value ?? null)
  const change = (next: unknown) => {
    type(next ?? null)
    if (changesAtOnce(field) && !isSame(next)) onSave(next ?? null)
  }
  return (
    <AttributeInput
      field={field}
      value={typed}
      onChange={change}
      onBlur={() => !isSame(typed) && onSave(typed)}
      error={error}
    />
  )
}
