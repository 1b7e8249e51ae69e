import { domainToASCII } from 'node:url'
import { readLeave, type Reader } from './reader_urls.ts'

/**
 * How to leave by mail, up to the reader's token: `mailto:bounces@bakery.test?subject=unsubscribe.` (RFC 2369 §3.1, RFC 6068).
 * In the subject, because a token knows large from small letters and mail servers may not.
 */
export function leaveByMail(address: string): string {
  const at = address.lastIndexOf('@')
  const name = encodeURIComponent(address.slice(0, at)).replaceAll('%2B', '+')
  return `mailto:${name}@${domainToASCII(address.slice(at + 1))}?subject=unsubscribe.`
}

/** The reader whose token is the whole of a subject; a tag that a gateway put before it does no harm. */
export function readerOfSubject(subject: string): Reader | null {
  const [, token] = /^(?:\[[^\]]{1,30}\]\s*)?unsubscribe\.([\w-]{17,120})$/i.exec(subject.trim()) ?? []
  return token ? readLeave(token) : null
}
