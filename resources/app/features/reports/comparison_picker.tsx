import { MultiSelect, type MultiSelectProps } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { api } from '~/api'
import { pageQuery } from '~/ui'

interface Named {
  id: string
  name: string
}

const MOST = 3
const finished = ['sent', 'sent_with_problems', 'cancelled'] as const

/** Chooses up to three other campaigns. `known` are those compared with already, which may be older than the list. */
export function ComparisonPicker({
  own,
  known,
  chosen,
  onChoose,
  w,
}: {
  own: string
  known: Named[]
  chosen: string[]
  onChoose: (ids: string[]) => void
} & Pick<MultiSelectProps, 'w'>) {
  const t = useTranslations('reports.compare')
  const others = useQuery(
    api.campaigns.index.queryOptions({ query: { ...pageQuery({}, 100), status: [...finished] } }, { staleTime: 60_000 })
  )
  const options = new Map(
    [...((others.data?.data ?? []) as Named[]), ...known]
      .filter(({ id }) => id !== own)
      .map(({ id, name }) => [id, { value: id, label: name }])
  )
  const shown = chosen.filter((id) => options.has(id))
  return (
    <MultiSelect
      aria-label={t('choose')}
      placeholder={shown.length === 0 ? t('choose') : undefined}
      data={[...options.values()]}
      value={shown}
      onChange={onChoose}
      maxValues={MOST}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('clear') }}
      w={w}
    />
  )
}
