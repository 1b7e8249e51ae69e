import type { EmailChannel } from '#channels'
import { CredentialsIncomplete } from '../errors.ts'
import { postmark } from './kinds/postmark.ts'
import { resend } from './kinds/resend.ts'
import { ses } from './kinds/ses.ts'
import { smtp } from './kinds/smtp.ts'

/** What an account is reached with, as it came; each kind reads its own. */
export type Credentials = Record<string, string | number | undefined>

export interface Tried {
  /** How many calls a second it takes; null: it does not count them, or does not say. */
  perSecond: number | null
  /** What a person should know, though it works. */
  note: string | null
}

/** What a provider did with its own suppression list. `no_list`: it keeps none. A note is for people. */
export interface LetReceive {
  outcome: 'removed' | 'not_listed' | 'no_list' | 'failed'
  note: string | null
}

/** A page of a provider's own suppression list. */
export interface Listed {
  /** `recipient`: they said so there themselves; `other`: it came back, or somebody put it there. */
  entries: { address: string; origin: 'complaint' | 'recipient' | 'other'; since: Date }[]
  /** Where the next page begins; null: this was the last. */
  next: string | null
}

/** What we have to know of a kind of provider. A new one is a file, a line here and its channel. */
export interface ProviderKind {
  label: string
  required: readonly string[]
  optional: readonly string[]
  /** Names the account without saying its secrets: who remembers our keys and counts our calls. */
  account(credentials: Credentials): string
  hint(credentials: Credentials): string
  /** What may be shown of it, to be changed. */
  settings(credentials: Credentials): Record<string, string | number>
  channel(credentials: Credentials): EmailChannel
  /**
   * Asks the provider whether the credentials are good; sends nothing.
   *
   * @throws KeyRefused with the field that is wrong, ProviderUnreachable
   */
  tryOut(credentials: Credentials): Promise<Tried>
  /** Takes an address off the provider's own list. Never throws: what it could not do is said. */
  letReceive(credentials: Credentials, address: string): Promise<LetReceive>
  /**
   * A page of the provider's own suppression list, from the first (`after` null) on. Absent: it keeps none.
   *
   * @throws ListUnread with a note for people
   */
  suppressed?(credentials: Credentials, after: string | null): Promise<Listed>
}

const kinds = { resend, ses, postmark, smtp }

export type KindName = keyof typeof kinds
export const kindNames = Object.keys(kinds) as KindName[]

export function kindOf(name: string): ProviderKind {
  if (!Object.hasOwn(kinds, name)) throw new Error(`There is no kind of provider called ${name}.`)
  return kinds[name as KindName]
}

/** Those that the kind knows and that have a value. */
export function credentialsOf(kind: ProviderKind, input: Credentials): Credentials {
  const known = [...kind.required, ...kind.optional].filter((name) => ![undefined, ''].includes(input[name] as any))
  const missing = kind.required.find((name) => !known.includes(name))
  if (missing) {
    throw new CredentialsIncomplete(`${kind.label} needs ${missing}.`, { field: `credentials.${missing}` })
  }
  return Object.fromEntries(known.map((name) => [name, input[name]]))
}
