import type { Outcome, RefusalReason } from './email_channel.ts'
import { NO_CONNECTION } from './no_connection.ts'

/** An error as the SDK throws it. Without a status nobody answered. */
export interface SesFailure extends Error {
  code?: string
  syscall?: string
  $metadata?: { httpStatusCode?: number }
}

/**
 * Every failure of `SendEmail` by what has to happen next (Amazon SES API v2, SendEmail: errors; common errors of AWS).
 * SES knows no idempotency keys: whatever does not prove that nothing was sent is unknown.
 */
export function sesRefusal(failure: SesFailure, { to }: { to: string }): Outcome {
  const { name, message } = failure
  const status = failure.$metadata?.httpStatusCode
  // What the SDK adds below is for programmers.
  const [said] = message.split('\n')
  const note = [status ?? 'no answer', name, said].filter(Boolean).join(' · ').slice(0, 500)
  const refused = (why: RefusalReason, more: { retryAfterMs?: number; mayHaveBeenSent?: true } = {}): Outcome => ({
    kind: 'refused',
    why,
    note,
    ...more,
  })
  if (status === undefined) return isBeforeTheCall(failure) ? refused('provider') : { kind: 'unknown', note }
  // Accepted, or perhaps: an answer that broke off on its way, or that somebody else gave.
  if (status < 400) return { kind: 'unknown', note }
  switch (name) {
    case 'TooManyRequestsException':
    case 'LimitExceededException':
    case 'ThrottlingException':
    case 'Throttling':
      return /quota|24.hour|daily/i.test(message) ? refused('quota') : refused('rate', { retryAfterMs: 1_000 })
    case 'AccountSuspendedException':
    case 'SendingPausedException':
      return refused('credentials')
    case 'MailFromDomainNotVerifiedException':
      return refused('domain')
    case 'MessageRejected':
      return refused(/not verified/i.test(message) ? whoIsNotVerified(message, to) : 'message')
    case 'BadRequestException':
      return refused(wrongPart(message))
    case 'NotFoundException':
      return refused('request')
  }
  if (status === 401 || status === 403) return refused('credentials')
  if (status === 429) return refused('rate', { retryAfterMs: 1_000 })
  if (status >= 500) return refused('provider', { mayHaveBeenSent: true })
  return refused('request')
}

/** In the sandbox readers have to be verified, too: SES names whom it means. */
const whoIsNotVerified = (message: string, to: string) =>
  message.toLowerCase().includes(to.toLowerCase()) ? 'recipient' : 'domain'

function wrongPart(message: string): RefusalReason {
  if (/configuration set|tag/i.test(message)) return 'request'
  return /address|domain|recipient|local.part/i.test(message) ? 'recipient' : 'message'
}

/** No connection, so no call. Other troubles of TLS can come in the midst of an answer. */
const isBeforeTheCall = ({ code = '', syscall = '', message }: SesFailure) =>
  ['connect', 'getaddrinfo'].includes(syscall) ||
  NO_CONNECTION.test(code) ||
  /did not establish a connection/.test(message)
