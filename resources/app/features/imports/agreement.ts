import { saysTracking, type Setup } from './setup'

type Missing = 'unanswered' | 'topicsMissing' | 'statementMissing' | 'sourceMissing' | 'whenMissing'

/** What is still to be said, by field. */
export function agreementErrors(setup: Setup, say: (key: Missing) => string): Record<string, string> {
  return { ...aboutTopics(setup, say), ...(saysTracking(setup) ? aboutTracking(setup, say) : {}) }
}

function aboutTracking({ tracking }: Setup, say: (key: Missing) => string): Record<string, string> {
  return {
    ...(tracking.statement.trim() ? {} : { 'tracking.statement': say('statementMissing') }),
    ...(tracking.source.trim() ? {} : { 'tracking.source': say('sourceMissing') }),
    ...(tracking.collected_at ? {} : { 'tracking.collected_at': say('whenMissing') }),
  }
}

function aboutTopics({ agreed, consent }: Setup, say: (key: Missing) => string): Record<string, string> {
  if (agreed === null) return { agreed: say('unanswered') }
  if (agreed === 'no') return {}
  return {
    ...(consent.topic_ids.length === 0 ? { 'consent.topic_ids': say('topicsMissing') } : {}),
    ...(consent.statement.trim() ? {} : { 'consent.statement': say('statementMissing') }),
    ...(consent.source.trim() ? {} : { 'consent.source': say('sourceMissing') }),
    ...(consent.collected_at ? {} : { 'consent.collected_at': say('whenMissing') }),
  }
}
