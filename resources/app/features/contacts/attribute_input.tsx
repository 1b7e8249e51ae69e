import { MultiSelect, Select, TextInput } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { NumberField } from '~/ui'

export interface ContactField {
  id: string
  key: string
  label: string
  type: 'text' | 'number' | 'boolean' | 'date' | 'datetime' | 'url' | 'choice' | 'multi_choice'
  choices: string[] | null
}

interface Props {
  field: ContactField
  value: unknown
  onChange: (value: unknown) => void
  onBlur?: () => void
  error?: string
}

/** A custom field, drawn as its type wants it. Empty is null. */
export function AttributeInput({ field, value, onChange, onBlur, error }: Props) {
  const t = useTranslations('contacts')
  const common = { label: field.label, error, onBlur }
  switch (field.type) {
    case 'number':
      return <NumberField {...common} value={value as number | null} onChange={onChange} />
    case 'boolean':
      return (
        <Select
          {...common}
          clearable
          clearButtonProps={{ 'aria-label': t('clearField', { label: field.label }) }}
          data={[
            { value: 'true', label: t('yes') },
            { value: 'false', label: t('no') },
          ]}
          value={typeof value === 'boolean' ? String(value) : null}
          onChange={(word) => onChange(word === null ? null : word === 'true')}
        />
      )
    case 'date':
      return (
        <TextInput
          {...common}
          type="date"
          value={String(value ?? '')}
          onChange={(event) => onChange(event.currentTarget.value || null)}
        />
      )
    case 'datetime':
      return (
        <TextInput
          {...common}
          type="datetime-local"
          value={localMoment(value)}
          onChange={(event) => onChange(utcMoment(event.currentTarget.value))}
        />
      )
    case 'choice':
      return (
        <Select
          {...common}
          clearable
          clearButtonProps={{ 'aria-label': t('clearField', { label: field.label }) }}
          data={field.choices ?? []}
          value={(value as string | null) ?? null}
          onChange={onChange}
        />
      )
    case 'multi_choice':
      return (
        <MultiSelect
          {...common}
          data={field.choices ?? []}
          value={Array.isArray(value) ? value : []}
          onChange={(list) => onChange(list.length ? list : null)}
        />
      )
    default:
      return (
        <TextInput
          {...common}
          type={field.type === 'url' ? 'url' : 'text'}
          value={String(value ?? '')}
          onChange={(event) => onChange(event.currentTarget.value || null)}
          maxLength={5000}
        />
      )
  }
}

/** Fields that change in one go are saved at once; those that are typed, when the cursor leaves. */
export const changesAtOnce = ({ type }: Pick<ContactField, 'type'>) =>
  ['boolean', 'choice', 'multi_choice'].includes(type)

/** What a `datetime-local` control holds: the moment in the reader's zone. */
function localMoment(value: unknown): string {
  if (typeof value !== 'string' || value === '') return ''
  const at = new Date(value)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

const utcMoment = (local: string) => (local ? new Date(local).toISOString() : null)
