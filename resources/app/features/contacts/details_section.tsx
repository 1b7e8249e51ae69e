import { Group, Loader, Stack, Text, TextInput } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { api } from '~/api'
import { useMay } from '~/shell/me'
import { LinkAnchor, Section, TimeAgo } from '~/ui'
import { AttributeInput, changesAtOnce, type ContactField } from './attribute_input'
import type { ContactRecord } from './person'
import { TagsField } from './tags_field'
import { useAutosave } from './use_autosave'

/** What we know about them. Each field is saved by itself when the cursor leaves it; a refusal stands beside its field. */
export function DetailsSection({ contact }: { contact: ContactRecord }) {
  const t = useTranslations('contacts')
  const mayWrite = useMay()('contacts:write')
  const fields = useQuery(api.fields.index.queryOptions({ query: { limit: 100 } })).data?.data ?? []
  const { save, errors, saving, savedAt, existing } = useAutosave(contact)
  return (
    <Section title={t('details')} actions={<SaveState isSaving={saving.length > 0} savedAt={savedAt} />}>
      <fieldset disabled={!mayWrite} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
        <Stack gap="sm">
          {(['email', 'first_name', 'last_name', 'phone', 'external_id'] as const).map((column) => (
            <TextLine
              key={column}
              label={t(column)}
              value={contact[column]}
              onSave={(value) => save({ [column]: value })}
              isSaving={saving.includes(column)}
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
              isSaving={saving.includes(`attributes.${field.key}`)}
              error={errors[`attributes.${field.key}`]}
            />
          ))}
          <TextLine
            label={t('locale')}
            value={contact.locale}
            onSave={(locale) => save({ locale })}
            isSaving={saving.includes('locale')}
            error={errors.locale}
            placeholder="en-GB"
          />
          <TextLine
            label={t('timezone')}
            value={contact.timezone}
            onSave={(timezone) => save({ timezone })}
            isSaving={saving.includes('timezone')}
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

/** Text that is kept while it is on its way or wrong, so that nobody types it twice: what is known may be read again meanwhile. */
function TextLine({
  label,
  value,
  onSave,
  isSaving,
  error,
  ...rest
}: {
  label: string
  value: string | null
  onSave: (value: string | null) => void
  isSaving: boolean
  error?: string
  type?: string
  placeholder?: string
}) {
  const [typed, type] = useState(value ?? '')
  useEffect(() => type((now) => (error || isSaving ? now : (value ?? ''))), [value, error, isSaving])
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
  isSaving,
  error,
}: {
  field: ContactField
  value: unknown
  onSave: (value: unknown) => void
  isSaving: boolean
  error?: string
}) {
  const [typed, type] = useState(value ?? null)
  useEffect(() => type((now: unknown) => (error || isSaving ? now : (value ?? null))), [value, error, isSaving])
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
