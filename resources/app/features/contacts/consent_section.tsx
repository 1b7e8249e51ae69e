import { Alert, Button, Group, Skeleton, Text } from '@mantine/core'
import { IconBan } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { api } from '~/api'
import { useMay } from '~/shell/me'
import { Day, ErrorPanel, Facts, LinkAnchor, Section, StatusBadge, type Tone } from '~/ui'
import type { ConsentAct } from './consent_modal'
import classes from './contacts.module.css'
import { nameOf, type ContactRecord } from './person'
import { VerdictRules } from './verdict_rules'

const WakeModal = lazy(() => import('./wake_modal').then((file) => ({ default: file.WakeModal })))
const ConsentModal = lazy(() => import('./consent_modal').then((file) => ({ default: file.ConsentModal })))
const Restriction = lazy(() => import('../privacy/restriction').then((file) => ({ default: file.Restriction })))

const tones: Record<Status, Tone> = {
  granted: 'good',
  pending: 'busy',
  none: 'neutral',
  withdrawn: 'bad',
  expired: 'warning',
}
type Status = 'granted' | 'pending' | 'none' | 'withdrawn' | 'expired'

interface TopicLine {
  id: string
  name: string
  status: Status
  basis: string | null
  since: string | null
  expires_at: string | null
  statement: string | null
  source: string | null
  reason: string | null
  /** They agreed, and something else stands in the way: a suppressed address, an archived topic. */
  isBlocked: boolean
  restsSince: string | null
  proof: { strength: 'strong' | 'fair' | 'weak'; weaknesses: { name: string; detail: string }[] } | null
}

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
      {!lines && failure === null && <Skeleton height={80} />}
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
      <Suspense fallback={null}>
        {act && (
          <ConsentModal key={`${act.action}-${act.topicId}`} contact={contact} act={act} onClose={() => setAct(null)} />
        )}
        {sleeper && (
          <WakeModal contact={contact} topic={{ id: sleeper.id, name: sleeper.name }} onClose={() => wake(null)} />
        )}
      </Suspense>
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

function TopicCard({
  line,
  contactId,
  onAct,
  onWake,
}: {
  line: TopicLine
  contactId: string
  onAct?: (act: ConsentAct) => void
  onWake?: (line: TopicLine) => void
}) {
  const t = useTranslations('contacts')
  const [isOpen, open] = useState(false)
  const rests = line.restsSince !== null && line.status === 'granted'
  const mayWithdraw = line.status === 'granted' || line.status === 'pending'
  const rulesId = `rules-${line.id}`
  return (
    <li className={classes.topic}>
      <Group justify="space-between" gap="xs">
        <Text fw={600} className="break">
          {line.name}
        </Text>
        <StatusBadge tone={line.isBlocked ? 'warning' : tones[line.status]}>
          {t(rests ? 'consent.resting' : line.isBlocked ? 'consent.blocked' : `consent.status.${line.status}`)}
        </StatusBadge>
      </Group>
      <HowWeKnow line={line} />
      {rests && <Rests since={line.restsSince!} />}
      <Group gap="xs" mt="sm">
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => open(!isOpen)}
          aria-expanded={isOpen}
          aria-controls={rulesId}
        >
          {t(isOpen ? 'consent.hideRules' : 'consent.mayWe')}
        </Button>
        {onAct && (
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => onAct({ action: 'grant', topicId: line.id, topicName: line.name })}
          >
            {t(line.status === 'granted' ? 'consent.grantAgain' : 'consent.grant')}
          </Button>
        )}
        {onWake && rests && (
          <Button size="compact-sm" variant="subtle" onClick={() => onWake(line)}>
            {t('consent.wake')}
          </Button>
        )}
        {onAct && mayWithdraw && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            onClick={() => onAct({ action: 'withdraw', topicId: line.id, topicName: line.name })}
          >
            {t('consent.withdraw')}
          </Button>
        )}
      </Group>
      <div id={rulesId}>{isOpen && <VerdictRules contactId={contactId} topicId={line.id} />}</div>
    </li>
  )
}

function HowWeKnow({ line }: { line: TopicLine }) {
  const t = useTranslations('contacts')
  if (line.status === 'none') {
    return (
      <Text size="sm" c="dimmed" mt={4}>
        {t('consent.neverAsked')}
      </Text>
    )
  }
  return (
    <Facts mt={8}>
      <dt>{t('consent.since')}</dt>
      <dd>
        <Day value={line.since} />
      </dd>
      {line.basis && line.status !== 'withdrawn' && (
        <>
          <dt>{t('consent.basis')}</dt>
          <dd>{t(`basis.${line.basis as 'unknown'}.name`)}</dd>
        </>
      )}
      {line.expires_at && (
        <>
          <dt>{t(line.status === 'expired' ? 'consent.expired' : 'consent.expires')}</dt>
          <dd>
            <Day value={line.expires_at} />
          </dd>
        </>
      )}
      {line.proof && (
        <>
          <dt>{t('consent.proof')}</dt>
          <dd>
            {t(`consent.proofs.${line.proof.strength}`)}
            {line.proof.weaknesses.map(({ name, detail }) => (
              <div key={name}>{detail}</div>
            ))}
          </dd>
        </>
      )}
      <dt>{t('consent.howWeKnow')}</dt>
      <dd>
        {line.statement && <div className={classes.quote}>{line.statement}</div>}
        {[line.source, line.reason].filter(Boolean).join(' · ')}
      </dd>
    </Facts>
  )
}

function Rests({ since }: { since: string }) {
  const t = useTranslations('contacts')
  const format = useFormatter()
  return (
    <Text size="sm" mt={4}>
      {t('consent.restsSince', { date: format.dateTime(new Date(since), { dateStyle: 'medium' }) })}
    </Text>
  )
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

function NoTopics() {
  const t = useTranslations('contacts')
  const { workspaceId = '' } = useParams({ strict: false })
  return (
    <Text size="sm">
      {t('consent.noTopics')}{' '}
      <LinkAnchor
        underline="always"
        to="/w/$workspaceId/topics"
        params={{ workspaceId }}
        search={{ new: '1' }}
        size="sm"
      >
        {t('consent.makeTopic')}
      </LinkAnchor>
    </Text>
  )
}
