import { domainToASCII } from 'node:url'

/** One of our mails of which nobody knows whether the provider took it. Its tags prove that it is this one; `to` only says where to look. */
export interface SoughtMail {
  to: string
  tags: Record<string, string>
}

/** A mail that the provider has in its list. */
export interface FoundMail {
  /** The provider's. */
  id: string
  /** As they were sought. */
  tags: Record<string, string>
  takenAt: Date
  /** What became of it since, each as this provider's webhook would tell it. */
  events: object[]
}

/** So far the list was read: whoever begins again does so behind `cursor`. */
export interface Sighting {
  cursor: string
  found?: FoundMail
}

export interface LookUp {
  /** Behind this the list was not read yet; null: from its beginning. */
  cursor: string | null
  /** Older mails are of no interest. */
  since: Date
  /** Asked before each call. @returns false when the account has none for us at this moment */
  takeCall(): Promise<boolean>
}

/**
 * Why a list could not be read on.
 * - budget, rate: not now · provider: their trouble, or an answer that nobody understands
 * - forbidden: the credentials may send, and not read
 * - cursor: it is not known there any more; the list has to be read from its beginning
 */
export class LookUpFailed extends Error {
  constructor(
    public why: 'budget' | 'rate' | 'provider' | 'forbidden' | 'cursor',
    message: string,
    public retryAfterMs = 1_000
  ) {
    super(message)
  }
}

/** How long one call may take. */
export const LOOK_UP_MS = 10_000

/** All tags that are sought are there: nothing else proves whose mail it is. */
export const isSought = (sought: SoughtMail, tags: Record<string, string>) =>
  Object.entries(sought.tags).every(([name, value]) => String(tags[name] ?? '') === value)

/** An address as lists are searched for it: providers write letters and domains in their own way, some with a name before it. */
export function placeOf(to: string): string {
  const address = (/<([^<>]+)>\s*$/.exec(to)?.[1] ?? to).trim().normalize('NFC').toLowerCase()
  const at = address.lastIndexOf('@')
  return `${address.slice(0, at)}@${domainToASCII(address.slice(at + 1)) || address.slice(at + 1)}`
}
