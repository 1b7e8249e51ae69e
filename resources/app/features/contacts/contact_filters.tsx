import { Group, Input } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { useTranslations } from 'use-intl'
import { SearchBox, type GridSearch } from '~/ui'
import classes from './contacts.module.css'

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
    <Group gap="sm" mb="md" className={classes.filters}>
      <SearchBox
        label={t('search')}
        value={search.q}
        onChange={(q) => onSearch({ q, pages: undefined }, { replace: true })}
      />
      <Suspense fallback={<ChoicesToCome names={[search.tag ?? t('anyTag'), t('anySegment')]} />}>
        <ChoiceFilters search={search} onFilter={(change) => onSearch({ ...change, pages: undefined })} />
      </Suspense>
    </Group>
  )
}

/** Holds the place of the boxes, looking as they will. */
function ChoicesToCome({ names }: { names: string[] }) {
  return names.map((name) => <Input key={name} placeholder={name} disabled aria-hidden rightSection={<span />} />)
}
