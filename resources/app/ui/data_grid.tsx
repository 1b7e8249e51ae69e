import { Box, Button, Group, Stack, Text } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import type { UseQueryResult } from '@tanstack/react-query'
import { useRef, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Counter } from './number'
import { ErrorPanel } from './problem_panel'
import { nextPage, pageNumber, previousPage, type GridSearch } from './grid_search'
import { GridTable } from './grid_table'
import { useRowKeys } from './row_keys'
import { Waiting } from './waiting'

export interface GridPage<Row> {
  data: Row[]
  next_cursor: string | null
  total?: { value: number; exact: boolean }
}

export interface GridColumn<Row> {
  key: string
  title: string
  /** What the figures in it mean. */
  definition?: string
  render: (row: Row) => ReactNode
  sortable?: boolean
  width?: number | string
  align?: 'left' | 'right'
  /** The narrowest table, in em, that shows this column: 36, 48, 60 or 68. Leave the first column without. */
  from?: number
}

export interface GridProps<Row extends { id: string }> {
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
  const { query, search, onSearch, label } = props
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
      <GridTable {...props} rows={rows} isStale={query.isPlaceholderData} />
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
