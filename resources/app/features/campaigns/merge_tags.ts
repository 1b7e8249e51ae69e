/** What a text may name, and what it names without there being such a thing. The server checks again (content, compliance). */
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { api } from '~/api'

const columns = ['first_name', 'last_name', 'email', 'phone', 'external_id', 'locale', 'timezone'].map(
  (name) => `contact.${name}`
)
const others = ['workspace.name', 'workspace.postal_address', 'topic.name', 'unsubscribe_url', 'preferences_url']

export interface MergeTag {
  key: string
  label: string
  group: 'person' | 'own' | 'other'
}

export function useMergeTags(): MergeTag[] {
  const t = useTranslations('campaigns.mergeTag.columns')
  const fields = useQuery(api.fields.index.queryOptions({}, { staleTime: 60_000 }))
  const named = (key: string, group: MergeTag['group']): MergeTag => ({
    key,
    group,
    label: t(key.replace('.', '_') as 'topic_name'),
  })
  return [
    ...columns.map((key) => named(key, 'person')),
    ...(fields.data?.data ?? []).map(({ key, label }) => ({ key: `contact.${key}`, label, group: 'own' as const })),
    ...others.map((key) => named(key, 'other')),
  ]
}

const ROOTS = /^(contact|workspace|topic)\.|^(unsubscribe_url|preferences_url)$/

/** What only a question may name; the server says where it may not stand. */
const OF_QUESTIONS = ['confirm_url', 'answer_by']

/** `{{ contact.fist_name }}`: merge tags of a text that name nothing. Names of loops and assignments, and what a feed brings, are left to the server. */
export function unknownTags(text: string, known: MergeTag[]): string[] {
  const used = [...text.matchAll(/\{\{-?\s*([a-z_][\w.]*)/gi)].map(([, name]) => name)
  const names = known.map(({ key }) => key)
  const own = new Set([...text.matchAll(/\{%-?\s*(?:for|assign|capture)\s+(\w+)/g)].map(([, name]) => name))
  return [...new Set(used)].filter((name) => {
    if (own.has(name.split('.')[0]) || name.startsWith('feed.') || OF_QUESTIONS.includes(name)) return false
    return !names.includes(ROOTS.test(name) ? name.split('.').slice(0, 2).join('.') : name)
  })
}

/** With what stands in for an empty value. */
export function mergeTag(key: string, fallback: string): string {
  const quote = fallback.includes('"') ? "'" : '"'
  const words = quote === "'" ? fallback.replaceAll("'", '’') : fallback
  return fallback.trim() === '' ? `{{ ${key} }}` : `{{ ${key} | default: ${quote}${words}${quote} }}`
}
