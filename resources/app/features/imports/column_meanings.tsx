import { Alert, Button, Group, Select, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { api } from '~/api'
import { ErrorPanel, Waiting } from '~/ui'
import classes from './imports.module.css'
import type { Meaning } from './setup'

interface Value {
  value: string
  rows: number
  suggested: Meaning | null
}

/** Every value of the column, how often it stands in the file, and what it means. What nobody decides about means nothing. */
export function ColumnMeanings({
  importId,
  column,
  meanings,
  onChange,
  error,
}: {
  importId: string
  column: string
  meanings: Record<string, Meaning>
  onChange: (meanings: Record<string, Meaning>) => void
  error?: string
}) {
  const t = useTranslations('imports.agreement')
  const query = useQuery({
    ...api.imports.values.queryOptions({ params: { id: importId }, query: { column } }),
    staleTime: Infinity,
  })
  if (query.error) return <ErrorPanel error={query.error} retry={query.refetch} />
  if (!query.data) return <Waiting rows={3} />
  const { values, blank, too_many: isTooMany } = query.data
  if (isTooMany || values.length === 0) {
    return (
      <Alert color="yellow" role="status" icon={<IconAlertTriangle aria-hidden />}>
        <Text size="sm">{t(isTooMany ? 'tooManyValues' : 'noValues', { column })}</Text>
      </Alert>
    )
  }
  const mean = (value: string, meaning: string) => {
    const { [value]: _, ...others } = meanings
    onChange(meaning === 'unknown' ? others : { ...others, [value]: meaning as Meaning })
  }
  const lines: Value[] = blank > 0 ? [...values, { value: '', rows: blank, suggested: null }] : values
  return (
    <div role="group" aria-label={t('meanings', { column })}>
      <Heading column={column} values={values} meanings={meanings} onChange={onChange} />
      <ul className={classes.columns}>
        {lines.map((one) => (
          <ValueLine
            key={one.value}
            {...one}
            meaning={meanings[one.value]}
            onMeaning={(next) => mean(one.value, next)}
          />
        ))}
      </ul>
      {error && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert" mt={4}>
          {error}
        </Text>
      )}
    </div>
  )
}

/** Suggestions are taken over by a press, never by themselves. */
function Heading({
  column,
  values,
  meanings,
  onChange,
}: {
  column: string
  values: Value[]
  meanings: Record<string, Meaning>
  onChange: (meanings: Record<string, Meaning>) => void
}) {
  const t = useTranslations('imports.agreement')
  const suggested: Record<string, Meaning> = Object.fromEntries(
    values.flatMap((one) => (one.suggested ? [[one.value, one.suggested]] : []))
  )
  const isTaken = Object.entries(suggested).every(([value, meaning]) => meanings[value] === meaning)
  return (
    <Group justify="space-between" align="end" mb={4}>
      <div>
        <Text size="sm" fw={500}>
          {t('meanings', { column })}
        </Text>
        <Text size="xs" c="dimmed">
          {t('meaningsHint')}
        </Text>
      </div>
      {!isTaken && (
        <Button size="compact-sm" variant="default" onClick={() => onChange({ ...meanings, ...suggested })}>
          {t('takeSuggestions')}
        </Button>
      )}
    </Group>
  )
}

function ValueLine({
  value,
  rows,
  suggested,
  meaning,
  onMeaning,
}: Value & { meaning?: Meaning; onMeaning: (meaning: string) => void }) {
  const t = useTranslations('imports.agreement')
  const possible = value === '' ? (['unknown', 'withdrawn'] as const) : (['unknown', 'agreed', 'withdrawn'] as const)
  const isOdd = meaning !== undefined && suggested !== null && meaning !== suggested
  return (
    <li className={classes.value}>
      <Text size="sm" className="break">
        <b>{value || t('blank')}</b>{' '}
        <Text span size="sm" c="dimmed">
          {t('rows', { rows })}
        </Text>
      </Text>
      <Select
        aria-label={t('means', { value: value || t('blank') })}
        data={possible.map((one) => ({ value: one, label: t(`meaning.${one}`) }))}
        value={meaning ?? 'unknown'}
        onChange={(next) => onMeaning(next ?? 'unknown')}
        allowDeselect={false}
        description={isOdd ? t(suggested === 'agreed' ? 'oddNo' : 'oddYes', { value }) : undefined}
        inputWrapperOrder={['input', 'description']}
      />
    </li>
  )
}
