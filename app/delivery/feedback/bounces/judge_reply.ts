import type { ServerReply } from '#channels'
import type { Verdict } from './bounce_class.ts'
import { classifyBounce, withoutAddresses } from './classify_bounce.ts'

export interface JudgedReply {
  verdict: Verdict
  /** The server's own words, without addresses. */
  words: string
  /** For people: what it means, and the words. */
  note: string
  /** It may go well later (RFC 5321 §4.2.1: 4yz). */
  isForNow: boolean
}

/** What a mail server's refusal means. */
export function judgeReply({ code, text }: ServerReply): JudgedReply {
  const verdict = classifyBounce({ code, text })
  const words = withoutAddresses(text).slice(0, 400)
  return { verdict, words, note: `${verdict.sentence} · ${words}`, isForNow: code < 500 }
}
