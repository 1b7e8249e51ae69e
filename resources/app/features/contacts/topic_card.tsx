import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { Day, Facts, StatusBadge, type Tone } from '~/ui'
import type { ConsentAct } from './consent_modal'
import classes from './contacts.module.css'
import { VerdictRules } from './verdict_rules'

const tones: Record<Status, Tone> = {
  granted: 'good',
  pending: 'busy',
  none: 'neutral',
  withdrawn: 'bad',
  expired: 'warning',
}
type Status = 'granted' | 'pending' | 'none' | 'withdrawn' | 'expired'

/** Where somebody stands with a topic, and how we know. */
export interface TopicLine {
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

export function TopicCard({
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
  const rests = isResting(line)
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
        <Acts line={line} onAct={onAct} onWake={onWake} />
      </Group>
      <div id={rulesId}>{isOpen && <VerdictRules contactId={contactId} topicId={line.id} />}</div>
    </li>
  )
}

const isResting = ({ restsSince, status }: TopicLine) => restsSince !== null && status === 'granted'

/** What a colleague may do about it, on the person's word. */
function Acts({
  line,
  onAct,
  onWake,
}: {
  line: TopicLine
  onAct?: (act: ConsentAct) => void
  onWake?: (line: TopicLine) => void
}) {
  const t = useTranslations('contacts')
  const mayWithdraw = line.status === 'granted' || line.status === 'pending'
  return (
    <>
      {onAct && (
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => onAct({ action: 'grant', topicId: line.id, topicName: line.name })}
        >
          {t(line.status === 'granted' ? 'consent.grantAgain' : 'consent.grant')}
        </Button>
      )}
      {onWake && isResting(line) && (
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
    </>
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
