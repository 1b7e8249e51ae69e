import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { api } from '~/api'
import type { FieldType, Leaf } from './rule'
import { firstOperator } from './operators'

export interface RuleField {
  name: string
  label: string
  type: FieldType
  choices: string[] | null
}

/** Everything a condition of this workspace can name. */
export interface Catalogue {
  fields: RuleField[]
  tags: string[]
  topics: { value: string; label: string }[]
  segments: { value: string; label: string }[]
  campaigns: { value: string; label: string }[]
}

const own: { name: string; type: FieldType; choices?: string[] }[] = [
  { name: 'email', type: 'text' },
  { name: 'first_name', type: 'text' },
  { name: 'last_name', type: 'text' },
  { name: 'phone', type: 'text' },
  { name: 'external_id', type: 'text' },
  { name: 'locale', type: 'text' },
  { name: 'timezone', type: 'text' },
  { name: 'created_at', type: 'datetime' },
  { name: 'updated_at', type: 'datetime' },
  { name: 'origin', type: 'choice', choices: ['team', 'import', 'api', 'form', 'demo'] },
]

const ALL = { query: { limit: 100 } }

export function useCatalogue(): Catalogue {
  const t = useTranslations('segments')
  const fields = useQuery(api.fields.index.queryOptions(ALL)).data?.data ?? []
  const tags = useQuery(api.tags.index.queryOptions(ALL)).data?.data ?? []
  const topics = useQuery(api.topics.index.queryOptions(ALL)).data?.data ?? []
  const campaigns = useQuery(api.campaigns.index.queryOptions(ALL as object)).data?.data ?? []
  const segments = useQuery(api.segments.index.queryOptions(ALL)).data?.data ?? []
  return {
    fields: [
      ...own.map(({ name, type, choices = null }) => ({ name, type, choices, label: t(`own.${name}` as 'own.email') })),
      ...fields.map(({ key, label, type, choices }) => ({ name: `attributes.${key}`, label, type, choices })),
    ],
    tags: tags.map(({ name }) => name),
    topics: topics.map(({ id, name }) => ({ value: id, label: name })),
    segments: segments.map(({ id, name }) => ({ value: id, label: name })),
    campaigns: campaigns.map(({ id, name }) => ({ value: id, label: name })),
  }
}

/** What a condition looks at, as one word: `field:email`, `tag`, `event:clicked`, `consent`, `segment`. */
export function subjectOf(leaf: Leaf | null): string | null {
  if (leaf === null) return null
  if ('tag' in leaf) return 'tag'
  if ('event' in leaf) return `event:${leaf.event}`
  if ('consent' in leaf) return 'consent'
  if ('segment_id' in leaf) return 'segment'
  return `field:${leaf.field}`
}

/** A new condition about a subject, with the likeliest choices made. */
export function leafAbout(subject: string, { fields, topics }: Catalogue): Leaf {
  if (subject === 'tag') return { tag: '' }
  if (subject === 'segment') return { segment_id: '' }
  if (subject === 'consent') {
    return { consent: { channel: 'email', topic_id: topics.length === 1 ? topics[0].value : '', status: 'granted' } }
  }
  if (subject.startsWith('event:')) {
    return { event: subject.slice(6) as 'opened', within_days: 30 }
  }
  const field = fields.find(({ name }) => name === subject.slice(6))!
  return { field: field.name, op: firstOperator(field.type) }
}

/** The values that a field offers, in people's words. */
export const choicesOf = ({ name, choices }: RuleField, t: ReturnType<typeof useTranslations<'segments'>>) =>
  choices!.map((value) => ({ value, label: name === 'origin' ? t(`origin.${value as 'team'}`) : value }))
