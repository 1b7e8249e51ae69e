import { Select, Text, TextInput } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { later, NumberField } from '~/ui'
import { choicesOf, type Catalogue, type RuleField } from './catalogue'
import { isOfTime, operatorsFor, valueKind, type Operator } from './operators'
import type { FieldLeaf, Leaf } from './rule'

const ListValue = later(() => import('./list_value'), 'ListValue', 0)

/** "City" "is one of" "Wien, Graz". The operators and the shape of the value follow the field's type. */
export function FieldCondition({
  leaf,
  catalogue,
  onChange,
}: {
  leaf: FieldLeaf
  catalogue: Catalogue
  onChange: (leaf: Leaf) => void
}) {
  const t = useTranslations('segments')
  const field = catalogue.fields.find(({ name }) => name === leaf.field)
  if (!field) return <Text size="sm">{t('unknownField', { name: leaf.field })}</Text>
  const word = (op: Operator) => (isOfTime(field.type) && op === 'eq' ? t('op.on') : t(`op.${op}`))
  return (
    <>
      <Select
        aria-label={t('operator')}
        data={operatorsFor(field.type, leaf.op).map((op) => ({ value: op, label: word(op) }))}
        value={leaf.op}
        onChange={(op) => op && onChange(withOperator(leaf, op))}
        allowDeselect={false}
        w={190}
      />
      <Value field={field} leaf={leaf} onChange={(value) => onChange({ ...leaf, value })} />
    </>
  )
}

function withOperator({ field, op: before, value }: FieldLeaf, op: string): FieldLeaf {
  const keeps = valueKind(before) === valueKind(op) && value !== undefined
  return keeps ? { field, op, value } : { field, op }
}

export interface ValueProps {
  field: RuleField
  leaf: FieldLeaf
  onChange: (value: unknown) => void
}

function Value(props: ValueProps) {
  const { leaf, onChange } = props
  const t = useTranslations('segments')
  switch (valueKind(leaf.op)) {
    case 'none':
      return null
    case 'list':
      return <ListValue {...props} />
    case 'pair': {
      const [first, last] = Array.isArray(leaf.value) ? leaf.value : ['', '']
      return (
        <>
          <OneValue {...props} label={t('first')} value={first} onChange={(value) => onChange([value, last ?? ''])} />
          <Text size="sm" py={8}>
            {t('and')}
          </Text>
          <OneValue {...props} label={t('last')} value={last} onChange={(value) => onChange([first ?? '', value])} />
        </>
      )
    }
    case 'days':
      return <DaysInput label={t('days')} value={leaf.value as number | undefined} onChange={onChange} />
    default:
      return <OneValue {...props} label={t('value')} value={leaf.value} onChange={onChange} />
  }
}

function OneValue({ field, label, value, onChange }: Omit<ValueProps, 'leaf'> & { label: string; value: unknown }) {
  const t = useTranslations('segments')
  if (field.type === 'boolean') {
    return (
      <Select
        aria-label={label}
        data={[
          { value: 'true', label: t('yes') },
          { value: 'false', label: t('no') },
        ]}
        value={value === undefined ? null : String(value)}
        onChange={(word) => onChange(word === null ? undefined : word === 'true')}
        w={110}
      />
    )
  }
  if (field.type === 'number') {
    return (
      <NumberField
        aria-label={label}
        value={value as number}
        onChange={(number) => onChange(number ?? undefined)}
        w={120}
      />
    )
  }
  if (isOfTime(field.type)) {
    return (
      <TextInput
        aria-label={label}
        type="date"
        value={String(value ?? '').slice(0, 10)}
        onChange={(event) => onChange(event.currentTarget.value)}
        w={160}
      />
    )
  }
  if (field.choices) {
    return (
      <Select
        aria-label={label}
        placeholder={t('choose')}
        data={choicesOf(field, t)}
        value={(value as string) ?? null}
        onChange={onChange}
        searchable
        w={180}
      />
    )
  }
  return (
    <TextInput
      aria-label={label}
      placeholder={t('valuePlaceholder')}
      value={String(value ?? '')}
      onChange={(event) => onChange(event.currentTarget.value)}
      w={200}
      maxLength={1000}
    />
  )
}

export function DaysInput({
  label,
  value,
  onChange,
  min = 0,
}: {
  label: string
  value: number | undefined
  onChange: (days: number | undefined) => void
  min?: number
}) {
  const t = useTranslations('segments')
  return (
    <NumberField
      aria-label={label}
      value={value}
      onChange={(days) => onChange(days ?? undefined)}
      min={min}
      max={36_500}
      whole
      rightSection={t('daysUnit')}
      rightSectionWidth={48}
      rightSectionProps={{ style: { pointerEvents: 'none', fontSize: '0.875rem' } }}
      w={130}
    />
  )
}
