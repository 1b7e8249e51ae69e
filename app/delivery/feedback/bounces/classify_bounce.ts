import type { BounceFacts, Verdict } from './bounce_class.ts'
import { TEMPORARY, UNKNOWN, verdictOfStatus } from './status_rules.ts'
import { textRules, type TextRule } from './text_rules.ts'

/**
 * What became of a mail that came back, from whatever is known of it: the server's words first, then its enhanced status
 * code (RFC 3463), then what the provider made of it, then the bare reply code. What a server calls temporary never
 * counts as an address that does not exist.
 */
export function classifyBounce({ status, code, text, told }: BounceFacts): Verdict {
  const words = withoutAddresses((text ?? '').slice(0, LONGEST))
  const enhanced = status && !/^[245]\.0\.0$/.test(status) ? status : (statusIn(words) ?? status ?? null)
  const reply = code ?? replyCodeIn(words)
  const isForNow = enhanced ? enhanced.startsWith('4') : reply !== null && reply < 500
  const spoken = textRules.find((rule) => rule.words.test(words))
  if (spoken?.class === 'hard' && isOfSender(words, enhanced)) return SENDER_REFUSED
  if (spoken) return spoken.class === 'hard' && isForNow ? TEMPORARY : verdictOf(spoken)
  return (enhanced && verdictOfStatus(enhanced)) || told || (isForNow ? TEMPORARY : UNKNOWN)
}

const SENDER_REFUSED = verdictOf(textRules.find(({ name }) => name === 'sender_refused')!)

/** An unknown name is the sender's when it is said in answer to MAIL FROM, or with a code for the sender's address (RFC 3463 §3.2). */
const isOfSender = (words: string, status: string | null) =>
  /^[45]\.1\.[78]$/.test(status ?? '') || /(?:after|in reply to) (?:pipelined )?mail from\b/i.test(words)

/** Whether the words alone give a reason. */
export const saysWhy = (text: string | null | undefined): boolean => {
  const words = withoutAddresses((text ?? '').slice(0, LONGEST))
  return textRules.some((rule) => rule.words.test(words))
}

export const AUTO_REPLY = verdictOf(textRules.find(({ class: given }) => given === 'auto_reply')!)

/** What decides stands at the beginning. */
const LONGEST = 4_000

/** The enhanced status code in a server's words, if there is one: `550 5.1.1 …`, `#5.1.1`, `(5.1.1)`. */
export const statusIn = (text: string): string | null =>
  /(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)/.exec(text)?.[1] ?? null

/** The SMTP reply code in a server's words: a number at the start, or after `said:`, `smtp;` and the like. */
export function replyCodeIn(text: string): number | null {
  const found = /(?:^|[;:(]\s*|error |said:? )([245][0-5]\d)(?=[-\s]|$)/i.exec(text.trim())
  return found ? Number(found[1]) : null
}

/** Whose mail it was is no one's business here, and a name such as `spam@` must not decide. */
export const withoutAddresses = (text: string): string =>
  text.replace(/<?(?:"[^"\n]{0,64}"|[^\s<>@:;,"]{1,64})@[\w.-]+>?/g, '‹address›').replace(/\s+/g, ' ')

function verdictOf({ class: given, name, sentence }: TextRule): Verdict {
  return { class: given, rule: name, sentence }
}
