import type { Interpolated } from '#platform'
import type { LookUp, Sighting, SoughtMail } from './look_up.ts'

/** One mail to one person, finished. `tags` come back in the provider's events: c = campaign, m = contact, w = workspace. */
export interface OutgoingMail {
  from: string
  to: string
  subject: string
  html: string | Interpolated
  text: string | Interpolated
  replyTo?: string
  headers: Record<string, string>
  tags: Record<string, string>
  /** Not for the eyes of colleagues: a captured copy does not show in the Outbox. */
  isPrivate?: boolean
}

/**
 * Why mails were refused, by what has to happen next.
 * - recipient, message: these mails, for good; in a batch nobody knows which
 * - quota: the account, until it resets · rate: a moment · in_flight: the same key is being worked on
 * - credentials, domain, request: nothing leaves until a person has looked
 * - provider: their trouble, later again
 * - bug: the key is known with other contents; what became of the first mail is unknown
 */
export type RefusalReason =
  'recipient' | 'message' | 'quota' | 'rate' | 'in_flight' | 'credentials' | 'domain' | 'request' | 'provider' | 'bug'

/** A mail server's refusal, in its own words. `stage`: what it was asked when it refused (RFC 5321 §3.3); `connection` is about no mail. */
export interface ServerReply {
  code: number
  text: string
  stage: 'connection' | 'sender' | 'recipient' | 'message'
}

/** How many calls the account has, as its answer said. */
export interface AccountLimits {
  perSecond: number
  remaining: number
}

/** So many mails in a day or a month. */
export interface Quota {
  used: number
  /** Null: there is none. */
  limit: number | null
  /** Null: nobody says, or it rolls. */
  resetsAt: Date | null
}

export interface Usage {
  daily: Quota
  monthly: Quota
}

/** How many mails of its quotas an account has used, as an answer said by the way. */
export interface Used {
  daily: number | null
  monthly: number | null
}

/** What became of one mail of a call that is answered mail by mail. */
export type MailResult =
  | { kind: 'accepted'; id: string }
  /** For good, this person's mail. `suppressed`: the provider does not deliver to the address any more. */
  | { kind: 'refused'; why: 'recipient' | 'message' | 'suppressed'; note: string }
  /** A mail server refused this one by itself. */
  | { kind: 'answered'; reply: ServerReply; note: string }
  /** It was not sent, for no fault of its own. */
  | { kind: 'waits'; note: string }
  | { kind: 'unknown'; note: string }

/** A refusal of the whole call, or of all that we send by this account. */
export interface Refused {
  kind: 'refused'
  why: RefusalReason
  note: string
  retryAfterMs?: number
  /** `quota`: when it begins anew, where the provider says so. */
  until?: Date
  /** `quota`: of the day, which begins anew at midnight (UTC). */
  isOfDay?: boolean
  /** `quota`: so many mails would still go. */
  left?: number
  /** What a mail server answered, where one was asked by ourselves. */
  reply?: ServerReply
  /** True when the refusal does not prove that nothing was sent (an error of the provider's own). */
  mayHaveBeenSent?: true
}

export type Outcome = { limits?: AccountLimits; used?: Used } & (
  | { kind: 'accepted'; /** in the order of the mails */ ids: string[] }
  | Refused
  /** In the order of the mails; `because`: why those that wait were not sent. Only for providers without keys of ours. */
  | { kind: 'each'; results: MailResult[]; because: Refused | null }
  /** May have been sent: only the same call with the same key is safe. */
  | { kind: 'unknown'; note: string }
)

/**
 * How a mail that comes back is known again: `mark` goes into its Message-ID, `address` is where it comes back to. Null for
 * mails that nobody waits to hear of.
 */
export type ReturnWay = (mail: OutgoingMail) => Promise<{ mark: string; address: string | null } | null>

/** A way for mails to leave. `send` never throws for what the outside world does: that is an outcome. */
export interface EmailChannel {
  kind: 'resend' | 'capture' | 'smtp' | 'ses' | 'postmark'
  /** Who remembers our idempotency keys and counts our calls. Two channels with one name share both. */
  account: string
  /** How many mails leave together. */
  batchSize: number
  /** A call takes one mail: a batch is so many calls at once, and each is answered by itself. */
  isOneByOne?: boolean
  /** How long the same key is safe to use again. 0: never, a call without an answer stays unconfirmed. */
  keyLifeMs: number
  /** How long `send` may take at most; half a minute unless told. */
  longestCallMs?: number
  /**
   * What the account may still send. `forbidden`: this key is not told; null: nobody answers. Where it is missing, nobody
   * counts.
   */
  usage?(): Promise<Usage | 'forbidden' | null>
  /**
   * Reads the provider's own list for these mails, as far as it took them, step by step. Its end means that the list was read
   * completely over that time. Throws LookUpFailed. Where it is missing, the provider cannot be asked.
   */
  lookUp?(mails: SoughtMail[], lookUp: LookUp): AsyncGenerator<Sighting>
  /** The address that mails are handed over at; null: they stay here. */
  endpoint: string | null
  /** Whether it counts our calls: then each is taken from the account's budget first. */
  isPaced: boolean
  send(mails: OutgoingMail[], options: { idempotencyKey: string; signal?: AbortSignal }): Promise<Outcome>
}
