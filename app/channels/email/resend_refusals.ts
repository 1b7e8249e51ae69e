import type { Outcome, RefusalReason } from './email_channel.ts'

/** An error as the SDK and we hand it on: whatever JSON the answer held, so nothing about it is sure. */
export interface ResendFailure {
  /** The call never reached a connection. */
  neverLeft?: true
  name?: string
  message?: string
  statusCode?: number | null
}

/**
 * Every failure of Resend by what has to happen next (reference: resend.md A4). Names are open: an unknown one is
 * judged by its status, and what has neither may have been sent.
 */
export function refusalOf(failure: ResendFailure, headers: Record<string, string>): Outcome {
  const { name = '', statusCode } = failure
  const note = noteOf(failure)
  const refused = (why: RefusalReason, more: { retryAfterMs?: number; mayHaveBeenSent?: true } = {}): Outcome => ({
    kind: 'refused',
    why,
    note,
    ...more,
  })
  if (failure.neverLeft) return refused('provider')
  if (statusCode === null || statusCode === undefined) return { kind: 'unknown', note }
  switch (statusCode) {
    case 400:
      return refused(name === 'invalid_idempotency_key' ? 'request' : 'message')
    case 401:
      return refused('credentials')
    case 403:
      return refused(isAboutTheKey(name) ? 'credentials' : name === 'email_above_quota' ? 'request' : 'domain')
    case 409:
      return name === 'invalid_idempotent_request'
        ? refused('bug')
        : refused('in_flight', { retryAfterMs: waitIn(headers) ?? 2_000 })
    case 422:
      return refused(isAboutTheSender(failure) ? 'domain' : 'message')
    case 429:
      return /quota/.test(name) ? refused('quota') : refused('rate', { retryAfterMs: waitIn(headers) ?? 1_000 })
  }
  if (statusCode >= 500) return refused('provider', { mayHaveBeenSent: true, retryAfterMs: waitIn(headers) })
  return statusCode >= 400 ? refused('request') : { kind: 'unknown', note }
}

const isAboutTheKey = (name: string) =>
  ['invalid_api_key', 'suspended_api_key', 'invalid_permission', 'restricted_api_key', 'missing_api_key'].includes(name)

/** A From that Resend refuses is the same for everyone: looking for a culprit among the people would be in vain. */
const isAboutTheSender = ({ name = '', message = '' }: ResendFailure) =>
  name === 'invalid_from_address' || /`from`|domain is not verified/i.test(message)

/** `retry-after` in seconds, as milliseconds. */
function waitIn(headers: Record<string, string>): number | undefined {
  const seconds = Number(headers['retry-after'])
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : undefined
}

const noteOf = ({ name, message, statusCode }: ResendFailure) =>
  [statusCode ?? 'no answer', name, message].filter(Boolean).join(' · ').slice(0, 500)
