import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { api, keepPage } from '~/api'
import { nameAndAddress, type Person } from './person'

/** Finds one person among many by name or address. */
export function ContactPicker({
  label,
  value,
  onChange,
  without,
  error,
}: {
  label: string
  value: Person | null
  onChange: (person: Person | null) => void
  /** Not offered: the person themselves. */
  without?: string
  error?: string
}) {
  const t = useTranslations('contacts')
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed, 200)
  const isChosen = value !== null && typed === nameAndAddress(value)
  const found = useQuery(
    api.contacts.index.queryOptions({ query: { limit: 10, ...(q && !isChosen ? { q } : {}) } }, keepPage)
  )
  const people: Person[] = (found.data?.data ?? []).filter(({ id }) => id !== without)
  const offered = value && !people.some(({ id }) => id === value.id) ? [value, ...people] : people
  return (
    <Select
      label={label}
      placeholder={t('picker.placeholder')}
      data={offered.map((person) => ({ value: person.id, label: nameAndAddress(person) }))}
      value={value?.id ?? null}
      onChange={(id) => onChange(offered.find((person) => person.id === id) ?? null)}
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options }) => options}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('picker.clear') }}
      nothingFoundMessage={found.isFetching ? t('picker.searching') : t('picker.nobody')}
      error={error}
    />
  )
}
