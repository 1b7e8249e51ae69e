import type { MailResult, Outcome, RefusalReason, Refused } from './email_channel.ts'
import { NEVER_LEFT } from './postmark_client.ts'

/** An answer for one mail, or an error of the whole call. `statusCode` 0: nobody answered. */
export interface PostmarkAnswer {
  ErrorCode: number
  Message: string
  MessageID?: string
}

/** A failed call, as the client throws it (Postmark, "API error codes"). */
export function postmarkRefusal(failure: Error & { code?: number; statusCode?: number }): Outcome {
  const { code = 0, statusCode: status = 0, message } = failure
  const note = [status || 'no answer', code || null, message].filter(Boolean).join(' · ').slice(0, 500)
  if (message.startsWith(NEVER_LEFT)) return { kind: 'refused', why: 'provider', note }
  if (status < 400) return { kind: 'unknown', note }
  if (status >= 500) return { kind: 'refused', why: 'provider', note, mayHaveBeenSent: true }
  if (status === 401) return { kind: 'refused', why: 'credentials', note }
  if (status === 429) return { kind: 'refused', why: 'rate', note, retryAfterMs: 1_000 }
  if (status === 413) return { kind: 'refused', why: 'message', note }
  const why = whyOf({ ErrorCode: code, Message: message })
  return { kind: 'refused', why: why === 'suppressed' ? 'recipient' : why, note }
}

/** The answers of a call mail by mail: what is about the account is about all that were refused for it. */
export function postmarkResults(answers: PostmarkAnswer[]): Outcome {
  const results = answers.map(resultOf)
  if (results.every(({ kind }) => kind === 'accepted')) {
    return { kind: 'accepted', ids: results.map((result) => (result as { id: string }).id) }
  }
  const because = answers.map(refusalOfAll).find((one) => one !== null) ?? null
  if (because && results.every(({ kind }) => kind === 'waits')) return because
  return { kind: 'each', results, because }
}

function resultOf(answer: PostmarkAnswer): MailResult {
  if (answer?.ErrorCode === 0 && typeof answer.MessageID === 'string') return { kind: 'accepted', id: answer.MessageID }
  const note = noteOf(answer)
  if (typeof answer?.ErrorCode !== 'number' || answer.ErrorCode === 0) return { kind: 'unknown', note }
  const why = whyOf(answer)
  return why === 'recipient' || why === 'message' || why === 'suppressed'
    ? { kind: 'refused', why, note }
    : { kind: 'waits', note }
}

function refusalOfAll(answer: PostmarkAnswer): Refused | null {
  if (resultOf(answer).kind !== 'waits') return null
  return { kind: 'refused', why: whyOf(answer) as RefusalReason, note: noteOf(answer), retryAfterMs: 1_000 }
}

const noteOf = (answer: PostmarkAnswer | undefined) =>
  [answer?.ErrorCode, answer?.Message].filter(Boolean).join(' · ').slice(0, 500) || 'Postmark said nothing about it.'

/** By what has to happen next. An unknown code is nobody's own fault: a person has to look. */
function whyOf({ ErrorCode: code, Message: message = '' }: PostmarkAnswer): RefusalReason | 'suppressed' {
  switch (code) {
    case 406:
      return 'suppressed'
    case 300:
      return /from/i.test(message) ? 'domain' : /'to'|recipient/i.test(message) ? 'recipient' : 'message'
    case 411:
      return 'message'
    case 400:
    case 401:
      return 'domain'
    case 405:
      return 'quota'
    case 10:
    case 412:
    case 413:
      return 'credentials'
    case 429:
      return 'rate'
    case 100:
      return 'provider'
    default:
      return 'request'
  }
}
