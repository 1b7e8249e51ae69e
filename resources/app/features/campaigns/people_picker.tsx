import { MultiSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, keepPage } from '~/api'
import { nameAndAddress, type Person } from '../contacts/person'

/** Single people, found by name or address. */
export function PeoplePicker({ ids, onChange }: { ids: string[]; onChange: (ids: string[]) => void }) {
  const t = useTranslations('campaigns.who')
  const [typed, type] = useState('')
  const [q] = useDebouncedValue(typed, 200)
  const [known, learn] = useState<Record<string, string>>({})
  const found = useQuery(api.contacts.index.queryOptions({ query: { limit: 10, ...(q ? { q } : {}) } }, keepPage))
  const people = (found.data?.data ?? []) as Person[]
  const named = useNames(ids)
  const labels = {
    ...named,
    ...known,
    ...Object.fromEntries(people.map((person) => [person.id, nameAndAddress(person)])),
  }
  return (
    <MultiSelect
      label={t('people')}
      placeholder={t('peoplePlaceholder')}
      data={[...new Set([...ids, ...people.map(({ id }) => id)])].map((value) => ({
        value,
        label: labels[value] ?? t('person', { id: value }),
      }))}
      value={ids}
      onChange={(next) => {
        learn((before) => ({
          ...before,
          ...Object.fromEntries(next.map((id) => [id, labels[id] ?? t('person', { id })])),
        }))
        onChange(next)
      }}
      filter={({ options }) => options}
      searchValue={typed}
      onSearchChange={type}
      nothingFoundMessage={t('none')}
      searchable
      hidePickedOptions
    />
  )
}

const AT_ONCE = 100

/** Those chosen before, whom nobody has looked for since. */
function useNames(ids: string[]): Record<string, string> {
  const pages = Array.from({ length: Math.ceil(ids.length / AT_ONCE) }, (_, page) =>
    ids.slice(page * AT_ONCE, (page + 1) * AT_ONCE)
  )
  return useQueries({
    queries: pages.map((page) =>
      api.contacts.index.queryOptions({ query: { limit: AT_ONCE, ids: page.join(',') } }, { staleTime: 60_000 })
    ),
    combine: (found) =>
      Object.fromEntries(
        found.flatMap(({ data }) => (data?.data ?? []) as Person[]).map((person) => [person.id, nameAndAddress(person)])
      ),
  })
}
