import { Group, NativeSelect } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './filters.module.css'
import type { GridSearch } from './grid_search'
import { SearchBox } from './search_box'

/** The search of a list and what narrows it further; each change begins at the first page. */
export function Filters({
  label,
  search,
  onSearch,
  children,
}: {
  label: string
  search: GridSearch
  onSearch: (change: GridSearch, how?: { replace?: boolean }) => void
  children?: ReactNode
}) {
  return (
    <Group gap="sm" mb="md" className={classes.filters}>
      <SearchBox
        label={label}
        value={search.q}
        onChange={(q) => onSearch({ q, pages: undefined }, { replace: true })}
      />
      {children}
    </Group>
  )
}

/** One of a few, or any of them. */
export function Choice({
  label,
  any,
  options,
  value,
  onChange,
}: {
  label: string
  any: string
  options: { value: string; label: string }[]
  value?: string
  onChange: (value: string | undefined) => void
}) {
  return (
    <NativeSelect
      aria-label={label}
      data={[{ value: '', label: any }, ...options]}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    />
  )
}
