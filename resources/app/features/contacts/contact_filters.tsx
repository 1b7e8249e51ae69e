import { Input } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { useTranslations } from 'use-intl'
import { Filters, type GridSearch } from '~/ui'

const ChoiceFilters = lazy(() => import('./choice_filters').then((file) => ({ default: file.ChoiceFilters })))

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
  return (
    <Filters label={t('search')} search={search} onSearch={onSearch}>
      <Suspense fallback={<ChoicesToCome names={[search.tag ?? t('anyTag'), t('anySegment')]} />}>
        <ChoiceFilters search={search} onFilter={(change) => onSearch({ ...change, pages: undefined })} />
      </Suspense>
    </Filters>
  )
}

/** Holds the place of the boxes, looking as they will. */
function ChoicesToCome({ names }: { names: string[] }) {
  return names.map((name) => <Input key={name} placeholder={name} disabled aria-hidden rightSection={<span />} />)
}
