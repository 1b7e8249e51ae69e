import { Skeleton, Stack, Text } from '@mantine/core'
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { client } from '~/api'
import { ContactPicker } from '~/features/contacts/contact_picker'
import type { Person } from '~/features/contacts/person'
import { ErrorPanel } from '~/ui'
import type { Rule } from './rule'
import classes from './segments.module.css'

/** Why somebody is in the segment or not: the rule, each part with a tick or a cross and what was seen of the person. */
export function ExplainBox({ rule }: { rule: Rule | null }) {
  const t = useTranslations('segments')
  const [person, choose] = useState<Person | null>(null)
  const answer = useQuery({
    queryKey: [['segments', 'explain'], { rule, id: person?.id }],
    queryFn: () => client.api.segments.explain({ body: { rule: rule!, contact_id: person!.id } }),
    enabled: person !== null && rule !== null,
    placeholderData: keepPreviousData,
  })
  const explanation = person ? (answer.data as Explanation | undefined) : undefined
  return (
    <Stack gap="sm">
      <ContactPicker label={t('explain.who')} value={person} onChange={choose} />
      {person && answer.isError && <ErrorPanel error={answer.error} retry={answer.refetch} />}
      {person && answer.isLoading && <Skeleton height={60} />}
      {explanation && (
        <div aria-live="polite">
          <Text fw={600} size="sm" mb="xs">
            {t(explanation.matched ? 'explain.isIn' : 'explain.isNotIn')}
          </Text>
          <ul className={classes.tree} data-outermost>
            <Part part={explanation} />
          </ul>
        </div>
      )}
    </Stack>
  )
}

interface Explanation {
  matched: boolean
  sentence: string
  seen?: unknown
  all?: Explanation[]
  any?: Explanation[]
  not?: Explanation
  rule?: Explanation
}

function Part({ part }: { part: Explanation }) {
  const t = useTranslations('segments')
  const none = part.not?.any
  const inner = part.all ?? part.any ?? none ?? (part.not ? [part.not] : part.rule ? [part.rule] : [])
  const words = part.all
    ? t('explain.all')
    : part.any
      ? t('explain.any')
      : none
        ? t('explain.none')
        : part.not
          ? t('explain.not')
          : part.sentence
  const seen = useSeen(inner.length === 0 ? part.seen : undefined)
  return (
    <li>
      <div className={classes.verdict}>
        {part.matched ? (
          <IconCircleCheck
            size={20}
            color="light-dark(var(--mantine-color-green-9), var(--mantine-color-green-4))"
            aria-label={t('explain.holds')}
          />
        ) : (
          <IconCircleX size={20} color="var(--mantine-color-error)" aria-label={t('explain.holdsNot')} />
        )}
        <div>
          <Text size="sm" className="break">
            {words}
          </Text>
          {seen && (
            <Text size="xs" c="dimmed" className="break">
              {seen}
            </Text>
          )}
        </div>
      </div>
      {inner.length > 0 && (
        <ul className={classes.tree}>
          {inner.map((child, i) => (
            <Part key={i} part={child} />
          ))}
        </ul>
      )}
    </li>
  )
}

function useSeen(seen: unknown): string | null {
  const t = useTranslations('segments')
  const format = useFormatter()
  if (seen === undefined) return null
  if (seen === null || (Array.isArray(seen) && seen.length === 0)) return t('explain.seenNothing')
  if (Array.isArray(seen)) return t('explain.seen', { value: seen.join(', ') })
  if (typeof seen === 'object') {
    const { times, last_at: last } = seen as { times: number; last_at: string | null }
    const at = last ? format.dateTime(new Date(last), { dateStyle: 'medium' }) : ''
    return times > 0 ? t('explain.seenTimes', { times, at }) : t('explain.seenNever')
  }
  if (typeof seen === 'string' && /^\d{4}-\d\d-\d\dT/.test(seen)) {
    return t('explain.seen', { value: format.dateTime(new Date(seen), { dateStyle: 'medium' }) })
  }
  return t('explain.seen', { value: typeof seen === 'boolean' ? t(seen ? 'yes' : 'no') : String(seen) })
}
