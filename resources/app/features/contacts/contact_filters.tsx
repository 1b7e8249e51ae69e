import { Group, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { api } from '~/api'
import { SearchBox, type GridSearch } from '~/ui'
import classes from './contacts.module.css'
import { useTagNames } from './tag_names'

export interface ContactSearch extends GridSearch {
  tag?: string
  segment?: string
  new?: '1'
}

/** Search and filters; each change is in the address and begins at the first page. */
export function ContactFilters({
  search,
  onSearch,
}: {
  search: ContactSearch
  onSearch: (change: ContactSearch, how?: { replace?: boolean }) => void
}) {
  const t = useTranslations('contacts')
  const tags = useTagNames()
  const segments = useQuery(api.segments.index.queryOptions({ query: { limit: 100 } })).data?.data ?? []
  const filter = (change: ContactSearch) => onSearch({ ...change, pages: undefined })
  return (
    <Group gap="sm" mb="md" className={classes.filters}>
      <SearchBox
        label={t('search')}
        value={search.q}
        onChange={(q) => onSearch({ q, pages: undefined }, { replace: true })}
      />
      <Select
        aria-label={t('filterTag')}
        placeholder={t('anyTag')}
        data={search.tag && !tags.includes(search.tag) ? [search.tag, ...tags] : tags}
        value={search.tag ?? null}
        onChange={(tag) => filter({ tag: tag ?? undefined })}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('anyTag') }}
        nothingFoundMessage={t('noTags')}
      />
      <Select
        aria-label={t('filterSegment')}
        placeholder={t('anySegment')}
        data={segments.map(({ id, name }) => ({ value: id, label: name }))}
        value={search.segment ?? null}
        onChange={(segment) => filter({ segment: segment ?? undefined })}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('anySegment') }}
        nothingFoundMessage={t('noSegments')}
      />
    </Group>
  )
}
