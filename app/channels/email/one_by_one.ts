import type { MailResult, Outcome, Refused } from './email_channel.ts'

/** What became of the only mail of a call. */
export type OneOutcome = Extract<Outcome, { kind: 'accepted' | 'refused' | 'unknown' }>

/** Calls of one mail each, told as one: mail by mail, unless all of them say the same. */
export function together(outcomes: OneOutcome[]): Outcome {
  const ids = outcomes.flatMap((one) => (one.kind === 'accepted' ? one.ids : []))
  if (ids.length === outcomes.length) return { kind: 'accepted', ids }
  const because = outcomes.find(isAboutAll) ?? null
  if (because && outcomes.every(isAboutAll)) return because
  return { kind: 'each', results: outcomes.map(resultOf), because }
}

/** A refusal that is not about this mail or its reader: nothing of the kind would leave now. */
const isAboutAll = (one: OneOutcome): one is Refused => one.kind === 'refused' && !isAboutMail(one)

const isAboutMail = ({ why, reply }: Refused) =>
  reply ? reply.stage === 'recipient' || reply.stage === 'message' : why === 'recipient' || why === 'message'

function resultOf(one: OneOutcome): MailResult {
  if (one.kind === 'accepted') return { kind: 'accepted', id: one.ids[0] }
  if (one.kind === 'unknown') return { kind: 'unknown', note: one.note }
  const { why, note, reply, mayHaveBeenSent } = one
  if (mayHaveBeenSent) return { kind: 'unknown', note }
  if (!isAboutMail(one)) return { kind: 'waits', note }
  return reply
    ? { kind: 'answered', reply, note }
    : { kind: 'refused', why: why === 'message' ? why : 'recipient', note }
}
