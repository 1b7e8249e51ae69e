import type { Outcome } from './email_channel.ts'

/** What became of the only mail of a call, however it was answered. */
export function outcomeOfOne(outcome: Outcome): Exclude<Outcome, { kind: 'each' }> {
  if (outcome.kind !== 'each') return outcome
  const [result] = outcome.results
  switch (result.kind) {
    case 'accepted':
      return { kind: 'accepted', ids: [result.id] }
    case 'refused':
      return { ...result, why: result.why === 'suppressed' ? 'recipient' : result.why }
    case 'waits':
      return outcome.because ?? { kind: 'refused', why: 'provider', note: result.note }
    case 'answered':
      return { kind: 'refused', why: 'recipient', note: result.note, reply: result.reply }
    case 'unknown':
      return result
  }
}
