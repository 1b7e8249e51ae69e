import { Table, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'

export interface SampleRow {
  line: number
  contact_id: string | null
  values: Record<string, unknown>
  before?: Record<string, unknown>
  reason?: string
}

/** The first rows of a kind: as they came, or with what each value becomes. */
export function SampleTable({
  rows,
  total,
  columns,
  isRaw,
  label,
}: {
  rows: SampleRow[]
  total: number
  columns: string[]
  isRaw: boolean
  label: string
}) {
  const t = useTranslations('imports')
  const flat = rows.map((row) => ({ ...row, values: flatten(row.values), before: flatten(row.before ?? {}) }))
  const shown = isRaw ? columns : [...new Set(flat.flatMap(({ values }) => Object.keys(values)))]
  return (
    <>
      <Table.ScrollContainer type="native" minWidth={360} tabIndex={0} role="region" aria-label={label}>
        <Table verticalSpacing={6} fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('check.line')}</Table.Th>
              {isRaw && <Table.Th>{t('check.reason')}</Table.Th>}
              {shown.map((name) => (
                <Table.Th key={name}>{isRaw ? name : name.replace(/^attributes\./, '').replaceAll('_', ' ')}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {flat.map(({ line, values, before, reason }) => (
              <Table.Tr key={line}>
                <Table.Td>{line}</Table.Td>
                {isRaw && <Table.Td miw={180}>{reason}</Table.Td>}
                {shown.map((name) => (
                  <Table.Td key={name}>
                    <Cell value={values[name]} before={before[name]} />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {total > rows.length && (
        <Text size="xs" c="dimmed" mt={4}>
          {t('check.firstOf', { shown: rows.length, total })}
        </Text>
      )}
    </>
  )
}

function Cell({ value = '', before = '' }: { value?: string; before?: string }) {
  const t = useTranslations('imports')
  if (!before || before === value || !value) return value
  return (
    <>
      {value}
      <Text size="xs" c="dimmed">
        {t('check.before', { value: before })}
      </Text>
    </>
  )
}

/** `{ email, attributes: { city } }` → `email`, `attributes.city`, all as text. */
function flatten(values: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]): [string, string][] => {
      if (value === null || value === undefined) return []
      if (Array.isArray(value)) return [[name, value.join(', ')]]
      if (typeof value === 'object')
        return Object.entries(flatten(value as Record<string, unknown>)).map(([key, text]) => [`${name}.${key}`, text])
      return [[name, String(value)]]
    })
  )
}
