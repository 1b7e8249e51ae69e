import { isAllNo, saysTracking, type Decider, type Setup } from './setup'

type Missing =
  | 'unanswered'
  | 'topicsMissing'
  | 'topicTwice'
  | 'columnMissing'
  | 'meaningsMissing'
  | 'statementMissing'
  | 'sourceMissing'
  | 'whenMissing'

/** What is still to be said, by field. */
export function agreementErrors(setup: Setup, say: (key: Missing) => string): Record<string, string> {
  return {
    ...aboutTopics(setup, say),
    ...(saysTracking(setup) ? aboutProof('tracking', setup.tracking, say) : {}),
  }
}

function aboutTopics(setup: Setup, say: (key: Missing) => string): Record<string, string> {
  const { agreed, consent, deciders } = setup
  if (agreed === null) return { agreed: say('unanswered') }
  if (agreed === 'no') return {}
  const proof = aboutProof('consent', isAllNo(setup) ? { ...consent, statement: '-' } : consent, say)
  if (agreed === 'column') {
    return { ...Object.assign({}, ...deciders.map((_, i) => aboutDecider(deciders, i, say))), ...proof }
  }
  return { ...(consent.topic_ids.length === 0 ? { 'consent.topic_ids': say('topicsMissing') } : {}), ...proof }
}

function aboutDecider(deciders: Decider[], i: number, say: (key: Missing) => string): Record<string, string> {
  const { column, topic_ids: topicIds, meanings } = deciders[i]
  const at = `consent.decided_by.${i}`
  const isTwice = deciders.slice(0, i).some((other) => other.topic_ids.some((id) => topicIds.includes(id)))
  return {
    ...(column ? {} : { [`${at}.column`]: say('columnMissing') }),
    ...(topicIds.length > 0 ? {} : { [`${at}.topic_ids`]: say('topicsMissing') }),
    ...(isTwice ? { [`${at}.topic_ids`]: say('topicTwice') } : {}),
    ...(column && Object.keys(meanings).length === 0 ? { [`${at}.agreed`]: say('meaningsMissing') } : {}),
  }
}

function aboutProof(part: 'consent' | 'tracking', said: Setup['tracking'], say: (key: Missing) => string) {
  return {
    ...(said.statement.trim() ? {} : { [`${part}.statement`]: say('statementMissing') }),
    ...(said.source.trim() ? {} : { [`${part}.source`]: say('sourceMissing') }),
    ...(said.collected_at ? {} : { [`${part}.collected_at`]: say('whenMissing') }),
  }
}
