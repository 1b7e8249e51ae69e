import { verdictOf } from '#tracking'
import type { Signal } from './signals.ts'

/** How a post came: what its headers and its page say. */
export interface Request {
  userAgent: string | null
  acceptLanguage: string | null
  /** Whether the request names an origin, be it "null": browsers do with every post (Fetch standard, Origin header). */
  hasOrigin: boolean
  /** How long ago the page was opened, in seconds; null: by no page of ours, or one that was pasted elsewhere. */
  pageSeconds: number | null
}

const QUICK_SECONDS = 4
const OLD_SECONDS = 24 * 3_600

export function signsOfRequest({ userAgent, acceptLanguage, hasOrigin, pageSeconds }: Request): Signal[] {
  const found: Signal[] = []
  const agent = userAgent?.trim() ?? ''
  if (agent === '') found.push('agent_missing')
  else if (isMachine(agent)) found.push('agent_machine')
  else if (/^mozilla\//i.test(agent) && !acceptLanguage) found.push('agent_bare')
  if (pageSeconds === null) {
    if (!hasOrigin) found.push('no_page')
  } else if (pageSeconds < QUICK_SECONDS) found.push('quick')
  else if (pageSeconds > OLD_SECONDS) found.push('old_page')
  return found
}

/** The agents that count no click, either. */
const isMachine = (userAgent: string) =>
  verdictOf({ kind: 'click', method: 'GET', userAgent, purpose: '', referrer: '' }).rule === 'scanner'
