import { Alert, Skeleton, Text } from '@mantine/core'
import { IconBan } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { api } from '~/api'
import { useMay } from '~/shell/me'
import { Day, ErrorPanel, later, LinkAnchor, onDemand, Section } from '~/ui'
import type { ConsentAct } from './consent_modal'
import classes from './contacts.module.css'
import { nameOf, type ContactRecord } from './person'
import { TopicCard, type TopicLine } from './topic_card'

const WakeModal = onDemand(() => import('./wake_modal'), 'WakeModal')
const NoTopics = later(() => import('../consent/no_topics'), 'NoTopics', 0)
const ConsentModal = onDemand(() => import('./consent_modal'), 'ConsentModal')
const Restriction = lazy(() => import('../privacy/restriction').then((file) => ({ default: file.Restriction })))

/** May we write to them? Topic by topic: where they stand, since when, on what ground, and how we know. */
export function ConsentSection({ contact }: { contact: ContactRecord }) {
  const t = useTranslations('contacts')
  const mayWrite = useMay()('consent:write')
  const { lines, restriction, failure, retry } = useTopicLines(contact.id)
  const [act, setAct] = useState<ConsentAct | null>(null)
  const [sleeper, wake] = useState<TopicLine | null>(null)
  return (
    <Section title={t('consent.title')} lead={t('consent.lead')}>
      <Suppressed contact={contact} />
      <Suspense fallback={null}>
        {restriction && <Restriction contactId={contact.id} name={nameOf(contact)} restriction={restriction} />}
      </Suspense>
      {failure !== null && <ErrorPanel error={failure} retry={retry} />}
      {!lines && failure === null && <Skeleton height={220} />}
      {lines?.length === 0 && <NoTopics />}
      <ul className={classes.topics}>
        {lines?.map((line) => (
          <TopicCard
            key={line.id}
            line={line}
            contactId={contact.id}
            onAct={mayWrite ? setAct : undefined}
            onWake={mayWrite ? wake : undefined}
          />
        ))}
      </ul>
      {act && (
        <ConsentModal
          key={`${act.action}-${act.topicId}`}
          opened
          contact={contact}
          act={act}
          onClose={() => setAct(null)}
        />
      )}
      {sleeper && (
        <WakeModal opened contact={contact} topic={{ id: sleeper.id, name: sleeper.name }} onClose={() => wake(null)} />
      )}
    </Section>
  )
}

function useTopicLines(id: string) {
  const topics = useQuery(api.topics.index.queryOptions({ query: { limit: 100 } }))
  const consents = useQuery(api.consents.index.queryOptions({ params: { id } }))
  const retry = () => void Promise.all([topics.refetch(), consents.refetch()])
  if (!topics.data || !consents.data)
    return { lines: null, restriction: null, failure: topics.error ?? consents.error, retry }
  const { state, ledger, rests, restriction } = consents.data
  const known = topics.data.data.map(({ id: topicId, name }) => ({ id: topicId, name }))
  const archived = state.filter(({ topic_id: topicId }) => !known.some((topic) => topic.id === topicId))
  const all = [...known, ...archived.map(({ topic_id: topicId, topic_name: name }) => ({ id: topicId, name }))]
  const lines: TopicLine[] = all.map((topic) => {
    const stands = state.find(({ topic_id: topicId }) => topicId === topic.id)
    const entry = ledger.find(({ topic_id: topicId }) => topicId === topic.id)
    return {
      ...topic,
      status: stands?.status ?? 'none',
      basis: stands?.basis ?? null,
      since: stands?.since ?? null,
      expires_at: stands?.expires_at ?? null,
      statement: entry?.statement ?? null,
      source: entry?.source ?? null,
      reason: entry?.reason ?? null,
      isBlocked: stands?.status === 'granted' && !stands.may_receive,
      restsSince: rests.find(({ topic_id: topicId }) => topicId === topic.id)?.since ?? null,
      proof: stands?.proof ?? null,
    }
  })
  return { lines, restriction, failure: null, retry }
}

/** An address on the list of suppressed ones gets nothing, whatever its owner agreed to. */
function Suppressed({ contact: { email } }: { contact: ContactRecord }) {
  const t = useTranslations('contacts')
  const { workspaceId = '' } = useParams({ strict: false })
  const may = useMay()
  const found = useQuery({
    ...api.suppressions.index.queryOptions({ query: { q: email ?? '', limit: 10 } }),
    enabled: email !== null && may('suppressions:read'),
  })
  const suppression = found.data?.data.find(({ address }) => address?.toLowerCase() === email?.toLowerCase())
  if (!email || !suppression) return null
  return (
    <Alert color="red" icon={<IconBan aria-hidden />} title={t('consent.suppressed')} mb="md">
      <Text size="sm">
        {t(`suppressionReason.${suppression.reason}`)}, <Day value={suppression.created_at} />.{' '}
        <LinkAnchor
          underline="always"
          to="/w/$workspaceId/contacts/suppressions"
          params={{ workspaceId }}
          search={{ q: email }}
          size="sm"
        >
          {t('consent.showSuppression')}
        </LinkAnchor>
      </Text>
    </Alert>
  )
}
