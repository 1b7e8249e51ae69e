import { isIP } from 'node:net'
import { shortened } from '#platform'

const MECHANISMS = ['all', 'include', 'a', 'mx', 'ptr', 'ip4', 'ip6', 'exists'] as const

export interface Term {
  qualifier: '+' | '-' | '~' | '?'
  kind: (typeof MECHANISMS)[number] | 'redirect'
  /** A domain (`include:x`, `a:x`) or a network; null where the term means the record's own domain. */
  value: string | null
}

/**
 * The terms of an SPF record in their order, without modifiers that change nothing (RFC 7208 §4.6.1, §12).
 *
 * @returns wrong: the first term that cannot be read, which voids the record (§4.6)
 */
export function readSpf(record: string): { terms: Term[]; wrong: string | null } {
  const terms: Term[] = []
  let wrong: string | null = null
  for (const word of record.trim().split(/ +/).slice(1, 200)) {
    const term = readTerm(word)
    if (term === 'ignored') continue
    if (term) terms.push(term)
    else wrong ??= shortened(word, 80)
  }
  // at the end, wherever it stands (§6.1)
  return { terms: terms.toSorted((a, b) => Number(a.kind === 'redirect') - Number(b.kind === 'redirect')), wrong }
}

function readTerm(word: string): Term | 'ignored' | null {
  const modifier = /^([a-z][a-z0-9\-_.]*)=(.*)$/i.exec(word)
  if (modifier) {
    if (modifier[1].toLowerCase() !== 'redirect') return 'ignored'
    return isDomain(modifier[2]) ? { qualifier: '+', kind: 'redirect', value: modifier[2] } : null
  }
  const mechanism = /^([+\-~?]?)([a-z0-9]+)(?::([^/]*(?:\/.*)?))?(\/.*)?$/i.exec(word)
  if (!mechanism) return null
  const [, sign, name, rest] = mechanism
  const kind = MECHANISMS.find((known) => known === name.toLowerCase())
  if (!kind) return null
  const qualifier = (sign || '+') as Term['qualifier']
  if (kind === 'ip4' || kind === 'ip6')
    return isNetwork(rest, kind === 'ip4' ? 4 : 6) ? { qualifier, kind, value: rest } : null
  if (kind === 'all') return rest === undefined && !mechanism[4] ? { qualifier, kind, value: null } : null
  const value = rest === undefined ? null : rest.replace(/\/.*$/, '')
  if (value === null && (kind === 'include' || kind === 'exists')) return null
  return value === null || isDomain(value) ? { qualifier, kind, value } : null
}

const isDomain = (name: string) => name.length <= 253 && /^[^\s/]+$/.test(name) && name.includes('.')

function isNetwork(text: string | undefined, version: 4 | 6): boolean {
  const [address, bits] = (text ?? '').split('/')
  if (isIP(address) !== version) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}
