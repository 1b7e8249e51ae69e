import { Checkbox, Table, UnstyledButton } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconSelector } from '@tabler/icons-react'
import { useRef, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { GridColumn, GridProps } from './data_grid'
import classes from './grid_table.module.css'
import { Defined } from './number'

type TableProps<Row extends { id: string }> = Pick<
  GridProps<Row>,
  'label' | 'columns' | 'search' | 'onSearch' | 'selected' | 'onSelect' | 'nameOf'
> & { rows: Row[]; isStale: boolean }

/** The table of a `<DataGrid>`: headings that sort, rows that can be chosen, with Shift a whole run of them. */
export function GridTable<Row extends { id: string }>(props: TableProps<Row>) {
  const { rows, columns, isStale, label, onSelect } = props
  return (
    <Table.ScrollContainer minWidth={0} type="native" className={classes.frame} data-stale={isStale || undefined}>
      <Table aria-label={label} aria-busy={isStale} highlightOnHover verticalSpacing="sm" horizontalSpacing="md">
        <Table.Thead>
          <Table.Tr>
            {onSelect && <SelectAll {...props} />}
            {columns.map((column) => (
              <Heading key={column.key} column={column} {...props} />
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row, index) => (
            <Table.Tr key={row.id}>
              {onSelect && <SelectRow index={index} {...props} />}
              {columns.map((column) => (
                <Table.Td key={column.key} {...placeOf(column)}>
                  {column.render(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

/** A click turns the order: ascending, descending. The direction is in aria-sort, not only in the arrow. */
function Heading<Row extends { id: string }>({
  column,
  search,
  onSearch,
}: TableProps<Row> & { column: GridColumn<Row> }) {
  const { key, title, definition, sortable } = column
  const order = search.sort === key ? 'ascending' : search.sort === `-${key}` ? 'descending' : 'none'
  const Arrow = { ascending: IconArrowUp, descending: IconArrowDown, none: IconSelector }[order as 'none']
  if (!title) return <Table.Td component="td" {...placeOf(column)} />
  return (
    <Table.Th scope="col" aria-sort={sortable ? (order as 'none') : undefined} {...placeOf(column)}>
      {sortable ? (
        <UnstyledButton
          className={classes.sorter}
          onClick={() => onSearch({ sort: order === 'ascending' ? `-${key}` : key, pages: undefined })}
        >
          {title}
          <Arrow size={15} aria-hidden />
        </UnstyledButton>
      ) : definition ? (
        <Defined definition={definition}>{title}</Defined>
      ) : (
        title
      )}
    </Table.Th>
  )
}

function SelectAll<Row extends { id: string }>({ rows, selected = [], onSelect }: TableProps<Row>) {
  const t = useTranslations('common')
  const here = rows.filter(({ id }) => selected.some((row) => row.id === id)).length
  const isAll = here === rows.length
  return (
    <Table.Th w={48}>
      <Checkbox
        aria-label={t('selectAllOnPage')}
        checked={isAll}
        indeterminate={here > 0 && !isAll}
        onChange={() => onSelect!(isAll ? [] : rows)}
      />
    </Table.Th>
  )
}

function SelectRow<Row extends { id: string }>({
  index,
  rows,
  selected = [],
  onSelect,
  nameOf,
}: TableProps<Row> & { index: number }) {
  const t = useTranslations('common')
  const run = useRef(false)
  const row = rows[index]
  const isChosen = selected.some(({ id }) => id === row.id)
  const change = () => {
    if (isChosen) return onSelect!(selected.filter(({ id }) => id !== row.id))
    const last = run.current ? rows.findIndex(({ id }) => id === selected.at(-1)?.id) : -1
    const chosen = last < 0 ? [row] : rows.slice(Math.min(last, index), Math.max(last, index) + 1)
    onSelect!([...selected, ...chosen.filter(({ id }) => !selected.some((other) => other.id === id))])
  }
  return (
    <Table.Td>
      <Checkbox
        aria-label={t('selectRow', { name: nameOf?.(row) ?? row.id })}
        checked={isChosen}
        onClick={(event) => (run.current = event.shiftKey)}
        onChange={change}
      />
    </Table.Td>
  )
}

const placeOf = ({ width, align, from }: Pick<GridColumn<never>, 'width' | 'align' | 'from'>) => ({
  // on a phone the first column needs the room more
  w: width && `min(${width}px, 38cqw)`,
  ta: align,
  className: from ? classes[`from${stepOf(from)}`] : undefined,
})

/** The next of the widths that the stylesheet knows. */
const stepOf = (em: number) => [36, 48, 60, 68].find((step) => em <= step) ?? 68

/** Within a cell: only where the table is too narrow for the column that says the same. */
export function Narrow({ below = 36, children }: { below?: 36 | 48; children: ReactNode }) {
  return <div className={classes[`below${below}`]}>{children}</div>
}

/** Within a cell: only where there is room. */
export function Wide({ children }: { children: ReactNode }) {
  return <div className={classes.from36}>{children}</div>
}
