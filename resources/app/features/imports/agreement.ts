import type { Setup } from './setup'

type Missing = 'unanswered' | 'topicsMissing' | 'statementMissing' | 'sourceMissing' | 'whenMissing'

/** What is still to be said, by field. */
export function agreementErrors({ agreed, consent }: Setup, say: (key: Missing) => string): Record<string, string> {
  if (agreed === null) return { agreed: say('unanswered') }
  if (agreed === 'no') return {}
  return {
    ...(consent.topic_ids.length === 0 ? { 'consent.topic_ids': say('topicsMissing') } : {}),
    ...(consent.statement.trim() ? {} : { 'consent.statement': say('statementMissing') }),
    ...(consent.source.trim() ? {} : { 'consent.source': say('sourceMissing') }),
    ...(consent.collected_at ? {} : { 'consent.collected_at': say('whenMissing') }),
  }
}
