import { Button, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { client } from '~/api'
import { ErrorPanel, TimeAgo, Waiting } from '~/ui'
import classes from './contacts.module.css'
import { signOf, useTelling, type Fact } from './timeline_fact'

const PAGE = 20

/** Everything that happened with this person, newest first. */
export function Timeline({ contactId }: { contactId: string }) {
  const t = useTranslations('contacts')
  const facts = useInfiniteQuery({
    queryKey: [['contacts', 'timeline'], { request: { params: { id: contactId } } }],
    queryFn: ({ pageParam }) => {
      const page = { params: { id: contactId }, query: { limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) } }
      return client.api.contacts.timeline(page)
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_cursor: next }) => next,
  })
  const end = useRef<HTMLParagraphElement>(null)
  const [hasAsked, asked] = useState(false)
  const { hasNextPage } = facts
  useEffect(() => {
    if (hasAsked && !hasNextPage) end.current?.focus()
  }, [hasAsked, hasNextPage])
  if (facts.isError && !facts.data) return <ErrorPanel error={facts.error} retry={facts.refetch} />
  if (!facts.data) return <Waiting rows={4} />
  const all: Fact[] = facts.data.pages.flatMap(({ data }) => data)
  if (all.length === 0) return <Text size="sm">{t('timeline.empty')}</Text>
  return (
    <>
      <ol className={classes.timeline}>
        {all.map((fact) => (
          <FactLine key={fact.id} fact={fact} />
        ))}
      </ol>
      {hasNextPage ? (
        <Button
          variant="default"
          size="sm"
          loading={facts.isFetchingNextPage}
          onClick={() => {
            asked(true)
            void facts.fetchNextPage()
          }}
        >
          {t('timeline.more')}
        </Button>
      ) : (
        <Text ref={end} tabIndex={-1} size="sm" c="dimmed">
          {t('timeline.end')}
        </Text>
      )}
    </>
  )
}

function FactLine({ fact }: { fact: Fact }) {
  const { title, more } = useTelling()(fact)
  const { icon: Sign, tone } = signOf(fact)
  return (
    <li className={classes.fact}>
      <span className={classes.sign} data-tone={tone} aria-hidden>
        <Sign size={18} stroke={1.8} />
      </span>
      <div>
        <Text size="sm" fw={600} className="break">
          {title}
        </Text>
        {more.filter(Boolean).map((line) => (
          <Text key={line} size="sm" c="dimmed" className="break">
            {line}
          </Text>
        ))}
        <Text size="xs" c="dimmed">
          <TimeAgo value={fact.at} />
        </Text>
      </div>
    </li>
  )
}
