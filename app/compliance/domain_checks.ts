import { domainToASCII } from 'node:url'
import type { WatchedDomain } from '#delivery'
import { blockIfReal, ok, warn, type Check } from './check.ts'
import type { Facts } from './facts.ts'

/** Looked at every day: what is older than two is not known any more. */
const FRESH_MS = 48 * 3_600_000
/** How the domain stands at its provider is asked there; the host of our own links stands under `unsubscribe` where it is local. */
const ABOUT_FROM = ['spf', 'dkim', 'dmarc', 'mx', 'tracking_host', 'tls']

/**
 * What the daily look knows of the sender's domain (reference: sender-rules B8, 2 to 5 and 8). Nothing is looked up here.
 * While mail only goes to the Outbox, nobody has to care.
 */
export function domainChecks(facts: Facts): Check[] {
  const { draft, watched, provider } = facts
  const domain = domainOf(draft.from.email)
  if (provider === 'capture' || !domain) return []
  const known = watched.find((one) => one.domain === domain)
  if (!known) {
    return [
      warn('domain_watch', `Whether receivers trust mail from ${domain} is not known: nobody watches its DNS.`, {
        fix: 'Add it in Settings → Sending domains.',
      }),
    ]
  }
  if (!isFresh(known)) {
    return [
      warn('domain_watch', `The DNS of ${domain} has not been looked at lately.`, {
        fix: 'Check it in Settings → Sending domains.',
      }),
    ]
  }
  return [...ABOUT_FROM.flatMap((id) => checkOf(facts, known, id)), ...answers(facts, known)]
}

function checkOf(facts: Facts, { domain, findings }: WatchedDomain, id: string): Check[] {
  const finding = findings.find((one) => one.id === id)
  if (!finding) return []
  const { level, message, fix } = finding
  if (level === 'ok') return [ok(id, message)]
  // on a machine of one's own the links are a matter of `unsubscribe`
  if (id === 'tracking_host' && level === 'warn') return []
  const more = { fix: fix ?? undefined, evidence: { domain } }
  return [level === 'block' ? blockIfReal(facts)(id, message, more) : warn(id, message, more)]
}

/** Answers to another domain: known where that one is watched, or was named beside this one. */
function answers({ draft, watched }: Facts, { findings }: WatchedDomain): Check[] {
  const domain = domainOf(draft.replyTo ?? draft.from.email)
  if (domain === domainOf(draft.from.email)) return []
  const there = watched.find((one) => one.domain === domain && isFresh(one))?.findings.find(({ id }) => id === 'mx')
  const finding = there ?? findings.find(({ id, host }) => id === 'reply_to' && host === domain)
  if (!finding || finding.level === 'ok') return []
  return [warn('reply_to_mx', finding.message, { fix: finding.fix ?? undefined, field: 'reply_to' })]
}

const isFresh = ({ checkedAt }: WatchedDomain) => checkedAt !== null && Date.now() - checkedAt.getTime() < FRESH_MS

/** As the DNS has it. */
export const domainOf = (address: string) => domainToASCII(address.split('@')[1]?.trim().toLowerCase() ?? '')
