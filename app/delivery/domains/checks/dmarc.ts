import type { Dns } from '../dns.ts'
import { organizationOf, policyFor, walkDmarc, type DmarcRecord } from './dmarc_walk.ts'
import { blocking, finding, unknown, warning, type Finding, type Trouble } from './finding.ts'

const POLICIES = ['none', 'quarantine', 'reject']
/** RFC 9989 Appendix C: gone since May 2026. */
const REMOVED = ['pct', 'rf', 'ri']

/** A record to begin with: nothing is rejected for it. */
export const firstDmarc = 'v=DMARC1; p=none;'

/**
 * DMARC (RFC 9989): a policy is found for mail from this domain, and what proves the mail's origin is aligned with it. DKIM
 * is, because the provider signs as this very domain; SPF is judged by the return path.
 */
export async function checkDmarc({
  dns,
  domain,
  returnPath,
}: {
  dns: Dns
  domain: string
  returnPath: string
}): Promise<Finding> {
  const host = `_dmarc.${domain}`
  const walk = await walkDmarc(dns, domain)
  const policy = policyFor(domain, walk)
  const troubles: Trouble[] = walk.several.map((name) =>
    warning(`There are several DMARC records at _dmarc.${name}: receivers use none of them.`, 'Leave only one.')
  )
  if (!policy) {
    troubles.push(
      walk.failed
        ? unknown(`The DMARC record could not be read: ${walk.failed}.`)
        : blocking(
            `No DMARC record applies to ${domain}: neither there nor at a domain above it.`,
            'Add this TXT record where your DNS is kept.'
          )
    )
    return finding({ id: 'dmarc', host, found: [], expected: firstDmarc, troubles, fine: '' })
  }
  const { applied, trouble } = appliedPolicy(policy, domain)
  if (trouble) troubles.push(trouble)
  troubles.push(...oddTags(policy))
  const spf = await spfAlignment({ dns, domain, returnPath, policy, organization: organizationOf(domain, walk) })
  if (spf.trouble) troubles.push(spf.trouble)
  return finding({
    id: 'dmarc',
    host: `_dmarc.${policy.domain}`,
    found: [policy.text],
    expected: troubles.some(({ level }) => level === 'block') ? firstDmarc : null,
    troubles,
    fine: `Policy ${applied}, from _dmarc.${policy.domain}. DKIM is aligned; ${spf.words}.`,
  })
}

function oddTags({ domain, tags }: DmarcRecord): Trouble[] {
  const troubles: Trouble[] = []
  const removed = REMOVED.filter((tag) => tags.has(tag)).map((tag) => `${tag}=`)
  if (removed.length > 0) {
    troubles.push(
      warning(
        `${removed.join(' and ')} no longer exist${removed.length > 1 ? '' : 's'} (RFC 9989).`,
        `Take ${removed.length > 1 ? 'them' : 'it'} out of the record at _dmarc.${domain}.`
      )
    )
  }
  if (tags.get('t')?.toLowerCase() === 'y') {
    const fix = 'Take t=y out when you are sure.'
    troubles.push(warning('It is only being tried out (t=y): receivers apply the next weaker policy.', fix))
  }
  return troubles
}

/** `p` where it stands, `sp` for what is below; a record whose policy cannot be read is worth something only with `rua` (§4.10.1). */
function appliedPolicy(
  { tags, domain: at }: DmarcRecord,
  domain: string
): { applied: string; trouble: Trouble | null } {
  const p = tags.get('p')?.toLowerCase()
  const asked = at === domain ? p : (tags.get('sp')?.toLowerCase() ?? p)
  if (asked !== undefined && POLICIES.includes(asked)) return { applied: asked, trouble: null }
  const fix = `Write p=none, p=quarantine or p=reject into the record at _dmarc.${at}.`
  if (tags.has('rua')) return { applied: 'none', trouble: warning('It names no policy and counts as p=none.', fix) }
  return { applied: 'none', trouble: blocking('It names no policy that can be read and so counts as none.', fix) }
}

async function spfAlignment({
  dns,
  domain,
  returnPath,
  policy,
  organization,
}: {
  dns: Dns
  domain: string
  returnPath: string
  policy: DmarcRecord
  organization: string
}): Promise<{ words: string; trouble: Trouble | null }> {
  if (returnPath === domain) return { words: 'SPF is aligned', trouble: null }
  if (policy.tags.get('aspf')?.toLowerCase() === 's') {
    return {
      words: '',
      trouble: warning(
        `SPF is not aligned: aspf=s wants ${domain} itself, mail returns to ${returnPath}. DKIM alone has to carry it.`,
        'Take aspf=s out.'
      ),
    }
  }
  const walk = await walkDmarc(dns, returnPath)
  if (walk.failed) return { words: 'whether SPF is could not be seen', trouble: null }
  if (organizationOf(returnPath, walk) === organization) return { words: 'SPF is aligned (relaxed)', trouble: null }
  return {
    words: '',
    trouble: warning(
      `SPF is not aligned: mail returns to ${returnPath}, which belongs to another organization than ${domain}. DKIM alone has to carry it.`,
      `Use a return path below ${organization}.`
    ),
  }
}
