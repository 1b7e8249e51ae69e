import type { Dns } from '../dns.ts'
import { tagsOf } from './tags.ts'

/** RFC 9989 §4.10: a name of eight labels or more is cut to seven after the first question, so there are at most eight. */
const LONGEST_WALK = 7

export interface DmarcRecord {
  domain: string
  text: string
  tags: Map<string, string>
}

export interface DmarcWalk {
  /** The longest name first. */
  found: DmarcRecord[]
  /** Names with several records, which count as none. */
  several: string[]
  /** Why the walk could not be finished. */
  failed: string | null
}

/**
 * The DNS Tree Walk (RFC 9989 §4.10): from a domain up, label by label, to a record that says `psd=` or to the end. There
 * is no list of public suffixes any more.
 */
export async function walkDmarc(dns: Dns, domain: string): Promise<DmarcWalk> {
  const walk: DmarcWalk = { found: [], several: [], failed: null }
  let labels = domain.split('.')
  while (labels.length > 0) {
    const name = labels.join('.')
    const answer = await dns.txt(`_dmarc.${name}`)
    if (answer.kind === 'failed') return { ...walk, failed: answer.reason }
    // `v` is first and exact (§4.7)
    const texts = answer.kind === 'found' ? answer.records.filter((text) => /^v\s*=\s*DMARC1\s*(;|$)/.test(text)) : []
    if (texts.length > 1) walk.several.push(name)
    const tags = texts.length === 1 ? tagsOf(texts[0]) : null
    if (tags) {
      walk.found.push({ domain: name, text: texts[0], tags })
      if (isPsd(tags, 'y') || isPsd(tags, 'n')) break
    }
    labels = labels.length > LONGEST_WALK ? labels.slice(-LONGEST_WALK) : labels.slice(1)
  }
  return walk
}

/** The organizational domain of where a walk began (RFC 9989 §4.10.2): what relaxed alignment compares. */
export function organizationOf(domain: string, { found }: DmarcWalk): string {
  for (const { domain: name, tags } of found) {
    if (isPsd(tags, 'n')) return name
    if (isPsd(tags, 'y') && name !== domain)
      return domain
        .split('.')
        .slice(-(name.split('.').length + 1))
        .join('.')
  }
  return found.at(-1)?.domain ?? domain
}

/** The record that applies to mail from a domain (RFC 9989 §4.10.1): its own, its organization's, or its registry's. */
export function policyFor(domain: string, walk: DmarcWalk): DmarcRecord | null {
  const organization = organizationOf(domain, walk)
  const last = walk.found.at(-1)
  return (
    walk.found.find(({ domain: name }) => name === domain) ??
    walk.found.find(({ domain: name }) => name === organization) ??
    (last && isPsd(last.tags, 'y') ? last : null)
  )
}

const isPsd = (tags: Map<string, string>, value: string) => tags.get('psd')?.toLowerCase() === value
