import { Box, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import type { UseQueryResult } from '@tanstack/react-query'
import { DataTable, type DataTableColumn, type DataTableSortStatus } from 'mantine-datatable'
import { useRef, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Counter } from './number'
import { ErrorPanel } from './problem_panel'
import { nextPage, pageNumber, previousPage, type GridSearch } from './grid_search'
import { useRowKeys } from './row_keys'

export interface GridPage<Row> {
  data: Row[]
  next_cursor: string | null
  total?: { value: number; exact: boolean }
}

export interface GridColumn<Row> {
  key: string
  title: string
  render: (row: Row) => ReactNode
  sortable?: boolean
  width?: number | string
  align?: 'left' | 'right'
  /** Smallest screen, in em, that shows this column. Leave the first column without. */
  from?: number
}

interface GridProps<Row extends { id: string }> {
  /** What the list is, for those who hear it. */
  label: string
  query: UseQueryResult<GridPage<Row>, unknown>
  columns: GridColumn<Row>[]
  search: GridSearch
  /** Puts a change into the address: `const [search, onSearch] = useSearchState('/w/$workspaceId/…')`. */
  onSearch: (change: GridSearch) => void
  /** Never used: an `<EmptyState>` that teaches. */
  empty: ReactNode
  /** A filter hides everything: say so and offer the way back. */
  isFiltered?: boolean
  onClearFilter?: () => void
  selected?: Row[]
  onSelect?: (rows: Row[]) => void
  nameOf?: (row: Row) => string
}

/**
 * A list from the API: keyset pages, sort and search in the address, selection, J/K to move, X to select, Enter to open.
 * The cell that names the row holds a `<RowLink>`.
 */
export function DataGrid<Row extends { id: string }>(props: GridProps<Row>) {
  const { query, search, onSearch, columns, label, selected, onSelect, nameOf } = props
  const t = useTranslations('common')
  const frame = useRef<HTMLDivElement>(null)
  useRowKeys(frame)
  if (query.isPending) return <Waiting />
  if (query.isError && !query.data) return <ErrorPanel error={query.error} retry={query.refetch} />
  const { data: rows } = query.data!
  if (rows.length === 0 && pageNumber(search) === 1) {
    return props.isFiltered ? <NothingMatches onClear={props.onClearFilter} /> : <>{props.empty}</>
  }
  return (
    <Box ref={frame} role="region" aria-label={label}>
      <DataTable
        className="raised"
        idAccessor="id"
        records={rows}
        columns={columns.map(toColumn)}
        fetching={query.isPlaceholderData}
        loaderBackgroundBlur={0}
        minHeight={160}
        verticalSpacing="sm"
        horizontalSpacing="md"
        highlightOnHover
        noRecordsText={t('nothingHere')}
        sortStatus={sortStatus<Row>(search.sort)}
        onSortStatusChange={(status: DataTableSortStatus<Row>) =>
          onSearch({ sort: `${status.direction === 'desc' ? '-' : ''}${String(status.columnAccessor)}`, pages: undefined })
        }
        {...(onSelect
          ? {
              selectedRecords: selected ?? [],
              onSelectedRecordsChange: onSelect,
              allRecordsSelectionCheckboxProps: { 'aria-label': t('selectAllOnPage') },
              getRecordSelectionCheckboxProps: (row: Row) => ({ 'aria-label': t('selectRow', { name: nameOf?.(row) ?? row.id }) }),
            }
          : {})}
      />
      <Pager page={query.data!} search={search} onSearch={onSearch} />
    </Box>
  )
}

/** Where we are in the list, and the way on: keyset pages know no last page number. */
export function Pager({
  page: { data: rows, next_cursor: cursor, total },
  search,
  onSearch,
}: {
  page: GridPage<unknown>
  search: GridSearch
  onSearch: (change: GridSearch) => void
}) {
  const t = useTranslations('common')
  const page = pageNumber(search)
  return (
    <Group justify="space-between" mt="sm" gap="sm">
      <Text size="sm" c="dimmed" aria-live="polite">
        {t('pageOf', { page, rows: rows.length })}
        {total && (
          <>
            {' · '}
            <Counter value={total.value} />
            {total.exact ? '' : '+'} {t('inAll')}
          </>
        )}
      </Text>
      {(page > 1 || cursor) && (
        <Group gap="xs">
          <Button
            variant="default"
            size="sm"
            disabled={page === 1}
            leftSection={<IconChevronLeft size={16} />}
            onClick={() => onSearch(previousPage(search))}
          >
            {t('previous')}
          </Button>
          <Button
            variant="default"
            size="sm"
            disabled={!cursor}
            rightSection={<IconChevronRight size={16} />}
            onClick={() => cursor && onSearch(nextPage(search, cursor))}
          >
            {t('next')}
          </Button>
        </Group>
      )}
    </Group>
  )
}

const toColumn = <Row,>({ key, title, render, sortable, width, align, from }: GridColumn<Row>): DataTableColumn<Row> => ({
  accessor: key,
  title,
  render,
  sortable,
  width,
  textAlign: align,
  ...(from ? { visibleMediaQuery: `(min-width: ${from}em)` } : {}),
})

const sortStatus = <Row,>(sort?: string): DataTableSortStatus<Row> =>
  ({ columnAccessor: sort?.replace(/^-/, '') ?? '', direction: sort?.startsWith('-') ? 'desc' : 'asc' }) as DataTableSortStatus<Row>

function NothingMatches({ onClear }: { onClear?: () => void }) {
  const t = useTranslations('common')
  return (
    <Stack className="raised" align="center" gap="sm" py="xl" px="md">
      <Text>{t('nothingMatches')}</Text>
      {onClear && (
        <Button variant="default" onClick={onClear}>
          {t('clearFilter')}
        </Button>
      )}
    </Stack>
  )
}

/** The shape of what is coming, on the first load only: later pages keep the one before until they are there. */
export function Waiting({ rows = 6 }: { rows?: number }) {
  const t = useTranslations('common')
  return (
    <Stack className="raised" p="md" gap="md" role="status" aria-label={t('loading')}>
      {Array.from({ length: rows }, (_, i) => (
        <Skeleton key={i} height={22} radius="sm" width={`${92 - ((i * 17) % 38)}%`} />
      ))}
    </Stack>
  )
}
