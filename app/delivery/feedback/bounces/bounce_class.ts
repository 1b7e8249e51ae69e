/**
 * What a mail that did not arrive says about the future.
 * - hard: the address does not exist, or was given up: nothing will ever arrive there
 * - soft: the address is fine, now it does not work (full, away for a moment, asks for patience)
 * - block: they do not want our mail (reputation, policy, authentication, rate, content). Ours to mend, never the address's fault
 * - auto_reply: somebody is on holiday. The mail has arrived; this is no bounce
 * - unknown: nobody said why
 */
export const bounceClasses = ['hard', 'soft', 'block', 'auto_reply', 'unknown'] as const
export type BounceClass = (typeof bounceClasses)[number]

export interface Verdict {
  class: BounceClass
  /** The rule that gave it, a word for programs. */
  rule: string
  /** The same for people. */
  sentence: string
}

/** All that is known of a bounce; each part may be missing. */
export interface BounceFacts {
  /** Enhanced status code (RFC 3463): `5.1.1`. */
  status?: string | null
  /** SMTP reply code (RFC 5321 §4.2): 550. */
  code?: number | null
  /** What the server said, in its own words. */
  text?: string | null
  /** What the provider made of it. It sees more than we do, but sorts more coarsely. */
  told?: Verdict | null
}
