import { Select, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api } from '~/api'
import { later, Section } from '~/ui'
import type { ImportColumn, ImportRecord } from './import_record'
import classes from './imports.module.css'
import type { Setup } from './setup'

const KnownSection = later(() => import('./known_section'), 'KnownSection', 5)
const FieldModal = later(() => import('~/features/contacts/field_modal'), 'FieldModal', 0)

const NEW_FIELD = '+'
const targets = [
  'email',
  'first_name',
  'last_name',
  'phone',
  'external_id',
  'locale',
  'timezone',
  'tags',
  'tracking',
] as const

interface Props {
  record: ImportRecord
  setup: Setup
  onChange: (part: Partial<Setup>) => void
  errors: Record<string, string>
}

/** Each column with some of its values, and what it becomes. */
export function ColumnsStep({ record, setup, onChange, errors }: Props) {
  const t = useTranslations('imports')
  const [fieldFor, makeField] = useState<string | null>(null)
  const map = (column: string, target: string) => onChange({ mapping: { ...setup.mapping, [column]: target } })
  const options = useTargets()
  return (
    <>
      <Section title={t('columns.title')} lead={t('columns.lead')}>
        <ul className={classes.columns}>
          {record.columns.map((column) => (
            <ColumnLine
              key={column.name}
              column={column}
              options={options}
              target={setup.mapping[column.name] ?? ''}
              error={errors[`mapping.${column.name}`]}
              onTarget={(target) => (target === NEW_FIELD ? makeField(column.name) : map(column.name, target))}
            />
          ))}
        </ul>
      </Section>
      <KnownSection setup={setup} onChange={onChange} error={errors.tags} />
      {fieldFor !== null && (
        <FieldModal
          suggestedLabel={fieldFor}
          onSaved={({ key }) => map(fieldFor, `attributes.${key}`)}
          onClose={() => makeField(null)}
        />
      )}
    </>
  )
}

function useTargets() {
  const t = useTranslations('imports')
  const contacts = useTranslations('contacts')
  const fields = useQuery(api.fields.index.queryOptions({ query: { limit: 100 } })).data?.data ?? []
  return [
    { value: '', label: t('columns.leaveOut') },
    { group: t('columns.person'), items: targets.map((target) => ({ value: target, label: contacts(target) })) },
    {
      group: t('columns.fields'),
      items: [
        ...fields.map(({ key, label }) => ({ value: `attributes.${key}`, label })),
        { value: NEW_FIELD, label: t('columns.newField') },
      ],
    },
  ]
}

function ColumnLine({
  column,
  options,
  target,
  error,
  onTarget,
}: {
  column: ImportColumn
  options: ReturnType<typeof useTargets>
  target: string
  error?: string
  onTarget: (target: string) => void
}) {
  const t = useTranslations('imports')
  return (
    <li className={classes.column}>
      <div>
        <Text fw={600} size="sm" className="break">
          {column.name}
        </Text>
        <Text size="sm" c="dimmed" className="break" lineClamp={3}>
          {column.sample.length ? column.sample.slice(0, 5).join(' · ') : t('columns.empty')}
        </Text>
        {column.says_agreement && (
          <Text size="xs" mt={2}>
            {t('columns.saysAgreement')}
          </Text>
        )}
      </div>
      <Select
        aria-label={t('columns.becomes', { column: column.name })}
        data={options}
        value={target}
        onChange={(next) => onTarget(String(next ?? ''))}
        allowDeselect={false}
        searchable
        maxDropdownHeight={320}
        error={error}
        className={classes.target}
      />
    </li>
  )
}
