import { cleanLine } from '#platform'
import { firstDmarc } from './checks/dmarc.ts'
import type { Finding, Level } from './checks/finding.ts'
import { tagsOf } from './checks/tags.ts'
import type { Answer, Dns } from './dns.ts'
import { fullName } from './domain_name.ts'

/** A record as the provider asks for it. Kept as it came, in our words. */
export interface AskedRecord {
  purpose: string
  host: string
  type: string
  value: string
  priority: number | null
  /** How it stands at the provider, in the provider's word. */
  status: string
}

/** A record to set, and what is there instead. */
export interface DnsRecord {
  purpose: string
  host: string
  type: string
  expected: string
  priority: number | null
  found: string[]
  state: 'right' | 'missing' | 'different' | 'unknown'
  provider_status: string | null
}

/** What Resend lists, as we keep it: bounded and without anything that cannot be shown. */
export function askedRecords(records: unknown, domain: string): AskedRecord[] {
  if (!Array.isArray(records)) return []
  return records.slice(0, 20).map((record) => ({
    purpose: short(record.record, 30),
    host: fullName(short(record.name, 253), domain),
    type: short(record.type, 10).toUpperCase(),
    value: short(record.value, 1_000),
    priority: Number.isInteger(record.priority) ? record.priority : null,
    status: short(record.status, 30),
  }))
}

const short = (value: unknown, length: number) => cleanLine(String(value ?? '')).slice(0, length)

/** Types that are looked at; others (CAA) are shown only. */
export const LOOKED_AT = ['TXT', 'MX', 'CNAME']

/** Every record that the provider asks for with what the DNS has there, and the one for DMARC, which no provider asks for. */
export async function recordsOf(
  { asked, dmarc }: { asked: AskedRecord[]; dmarc: Finding },
  dns: Dns
): Promise<DnsRecord[]> {
  const records = await Promise.all(asked.map((record) => besideTheDns(record, dns)))
  return asked.some(({ host }) => host === dmarc.host) ? records : [...records, dmarcRecord(dmarc)]
}

async function besideTheDns(record: AskedRecord, dns: Dns): Promise<DnsRecord> {
  const { purpose, host, type, value, priority, status } = record
  const answer = await question(record, dns)
  const all = answer.kind === 'found' ? answer.records : []
  // a name may carry other texts as well: only those for the same purpose are in its place
  const found = type === 'TXT' ? all.filter((text) => sameKind(text, value)) : all
  const state =
    answer.kind === 'failed'
      ? 'unknown'
      : found.some((text) => isSame(text, record)) && (type !== 'TXT' || found.length === 1)
        ? 'right'
        : found.length > 0
          ? 'different'
          : 'missing'
  return { purpose, host, type, expected: value, priority, found: found.slice(0, 5), state, provider_status: status }
}

async function question({ type, host }: AskedRecord, dns: Dns): Promise<Answer<string>> {
  if (type === 'TXT') return dns.txt(host)
  if (type === 'CNAME') return dns.cname(host)
  if (type !== 'MX') return { kind: 'failed', reason: 'not looked at' }
  const answer = await dns.mx(host)
  if (answer.kind !== 'found') return answer
  return { kind: 'found', records: answer.records.map(({ exchange, priority }) => `${priority} ${exchange}`) }
}

const kindOf = (text: string) =>
  /^v=spf1(\s|$)/i.test(text)
    ? 'spf'
    : /^v\s*=\s*DMARC1/i.test(text)
      ? 'dmarc'
      : /(^|;)\s*p=/i.test(text)
        ? 'dkim'
        : text

const sameKind = (a: string, b: string) => kindOf(a) === kindOf(b)

/** Spelled differently is not different: an SPF record may allow more, a key may be wrapped. */
function isSame(found: string, { type, value, priority }: AskedRecord): boolean {
  if (type === 'MX') return found === `${priority ?? 0} ${host(value)}` || found.split(' ')[1] === host(value)
  if (type === 'CNAME') return host(found) === host(value)
  if (kindOf(value) === 'spf') return includes(value).every((name) => includes(found).includes(name))
  if (kindOf(value) === 'dkim') return compact(tagsOf(found)?.get('p')) === compact(tagsOf(value)?.get('p'))
  return compact(found) === compact(value)
}

const host = (name: string) => name.toLowerCase().replace(/\.$/, '')
const includes = (record: string): string[] => record.toLowerCase().match(/(?<=include:)\S+/g) ?? []
const compact = (text = '') => text.replace(/\s+/g, '')

const states: Record<Level, DnsRecord['state']> = { ok: 'right', warn: 'right', unknown: 'unknown', block: 'missing' }

function dmarcRecord({ host: at, found, level }: Finding): DnsRecord {
  return {
    purpose: 'DMARC',
    host: at!,
    type: 'TXT',
    // one that does is fine as it is
    expected: level === 'ok' || level === 'warn' ? (found[0] ?? firstDmarc) : firstDmarc,
    priority: null,
    found,
    state: level === 'block' && found.length > 0 ? 'different' : states[level],
    provider_status: null,
  }
}
