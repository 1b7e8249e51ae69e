import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { api } from '~/api'
import type { ContactSearch } from './contact_filters'
import { useTagNames } from './tag_names'

/** Of a tag, of a segment: two boxes that find among many. */
export function ChoiceFilters({
  search,
  onFilter,
}: {
  search: ContactSearch
  onFilter: (change: ContactSearch) => void
}) {
  const t = useTranslations('contacts')
  const tags = useTagNames()
  const segments = useQuery(api.segments.index.queryOptions({ query: { limit: 100 } })).data?.data ?? []
  return (
    <>
      <Select
        aria-label={t('filterTag')}
        placeholder={t('anyTag')}
        data={search.tag && !tags.includes(search.tag) ? [search.tag, ...tags] : tags}
        value={search.tag ?? null}
        onChange={(tag) => onFilter({ tag: tag ?? undefined })}
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
        onChange={(segment) => onFilter({ segment: segment ?? undefined })}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('anySegment') }}
        nothingFoundMessage={t('noSegments')}
      />
    </>
  )
}
