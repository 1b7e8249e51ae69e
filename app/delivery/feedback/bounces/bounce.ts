import { addressHash, addressKey } from '#consent'
import type { Verdict } from './bounce_class.ts'

/** A mail that came back, whoever told of it: a webhook, an SMTP answer, a mail in the bounce mailbox, the provider's list. */
export interface Bounce {
  verdict: Verdict
  /** The server's own words, without addresses. */
  words: string | null
  at: Date
  source: 'webhook' | 'smtp' | 'mailbox' | 'list'
  /** Null: service mail to somebody whom we do not know otherwise. */
  contactId: number | null
  campaignId: number | null
  serviceMessageId: number | null
  /** Where the mail went; null once the person was erased. */
  email: string | null
}

export const hashOf = (workspaceId: number, { email }: Pick<Bounce, 'email'>): Buffer | null =>
  email === null ? null : addressHash(workspaceId, addressKey(email))
