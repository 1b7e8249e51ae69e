import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { api } from '~/api'

/**
 * Takes the words of a wording over, instead of typing them again. The ledger recognises a wording by its words, so nothing
 * else need be said. Nothing is shown where nobody wrote one yet.
 */
export function WordingPicker({ text, onPick }: { text: string; onPick: (text: string) => void }) {
  const t = useTranslations('wordings')
  const query = { origin: 'written', limit: 100 }
  const wordings = useQuery(api.wordings.index.queryOptions({ query })).data?.data ?? []
  if (wordings.length === 0) return null
  return (
    <Select
      label={t('pick')}
      placeholder={t('pickPlaceholder')}
      data={wordings.map(({ id, text: words, language }) => ({ value: id, label: `${words} (${language})` }))}
      value={wordings.find(({ text: words }) => words === text.trim())?.id ?? null}
      onChange={(id) => {
        const picked = wordings.find((wording) => wording.id === id)
        if (picked) onPick(picked.text)
      }}
      searchable
    />
  )
}
