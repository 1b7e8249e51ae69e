import { Resolver } from 'node:dns/promises'
import { cleanLine } from '#platform'
import { environment } from '../providers/environment.ts'

/** What the DNS says: records, none (also where the name does not exist), or that nobody could tell. */
export type Answer<T> = { kind: 'found'; records: T[] } | { kind: 'none' } | { kind: 'failed'; reason: string }

export interface MailExchange {
  exchange: string
  priority: number
}

/** What the checks ask. Names come from strangers' records: nothing here throws, and everything ends. */
export interface Dns {
  txt(name: string): Promise<Answer<string>>
  mx(name: string): Promise<Answer<MailExchange>>
  cname(name: string): Promise<Answer<string>>
  /** A and AAAA together. */
  addresses(name: string): Promise<Answer<string>>
}

const ONE_TRY_MS = 2_500
const TRIES = 2
const ALL_MS = 25_000
const MOST_QUESTIONS = 150
const MOST_RECORDS = 40
const LONGEST_TEXT = 4_096

/**
 * The DNS for the length of one look at a domain: each question is asked once, at most 150 of them, each with a time-out,
 * and after 25 seconds whatever is still open has failed.
 */
export function openDns({ servers, allMs = ALL_MS }: { servers?: string[]; allMs?: number } = {}): Dns & {
  close(): void
} {
  const resolver = new Resolver({ timeout: ONE_TRY_MS, tries: TRIES })
  if (servers?.length) resolver.setServers(servers)
  const known = new Map<string, Promise<Answer<any>>>()
  const end = setTimeout(() => resolver.cancel(), allMs)
  const isOver = Date.now() + allMs

  const ask = <T>(type: string, name: string, question: (name: string) => Promise<T[]>): Promise<Answer<T>> => {
    const plain = name.replace(/\.$/, '').toLowerCase()
    const key = `${type} ${plain}`
    const before = known.get(key)
    if (before) return before
    if (!isName(plain)) return Promise.resolve({ kind: 'none' })
    if (known.size >= MOST_QUESTIONS) return Promise.resolve({ kind: 'failed', reason: 'too many look-ups' })
    if (Date.now() >= isOver) return Promise.resolve({ kind: 'failed', reason: 'no answer in time' })
    const answer = settled(question(plain))
    known.set(key, answer)
    return answer
  }

  return {
    txt: (name) =>
      ask('TXT', name, async (at) => (await resolver.resolveTxt(at)).map((parts) => shown(parts.join('')))),
    mx: (name) =>
      ask('MX', name, async (at) =>
        (await resolver.resolveMx(at))
          .map(({ exchange, priority }) => ({ exchange: shown(exchange).toLowerCase(), priority }))
          .sort((a, b) => a.priority - b.priority)
      ),
    cname: (name) => ask('CNAME', name, async (at) => (await resolver.resolveCname(at)).map(shown)),
    async addresses(name) {
      const answers = await Promise.all([
        ask('A', name, (at) => resolver.resolve4(at)),
        ask('AAAA', name, (at) => resolver.resolve6(at)),
      ])
      const records = answers.flatMap((answer) => (answer.kind === 'found' ? answer.records : []))
      if (records.length > 0) return { kind: 'found', records }
      return answers.find(({ kind }) => kind === 'failed') ?? { kind: 'none' }
    },
    close: () => {
      clearTimeout(end)
      resolver.cancel()
    },
  }
}

async function settled<T>(question: Promise<T[]>): Promise<Answer<T>> {
  try {
    const records = await question
    return records.length > 0 ? { kind: 'found', records: records.slice(0, MOST_RECORDS) } : { kind: 'none' }
  } catch (error) {
    const code = String((error as { code?: string }).code)
    if (['ENODATA', 'ENOTFOUND', 'EBADNAME'].includes(code)) return { kind: 'none' }
    return { kind: 'failed', reason: reasons[code] ?? code }
  }
}

const reasons: Record<string, string> = {
  ETIMEOUT: 'no answer in time',
  ECANCELLED: 'no answer in time',
  ESERVFAIL: 'its name servers report a failure',
  EREFUSED: 'its name servers refuse to answer',
  ECONNREFUSED: 'our name server cannot be reached',
  EBADRESP: 'the answer cannot be read',
}

/** RFC 1035 §2.3.4; underscores, because `_dmarc` and `_domainkey` have them. Names of a private network are not asked for. */
const isName = (name: string) =>
  name.length <= 253 &&
  name.split('.').every((label) => /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label)) &&
  !/(^|\.)(local|localhost|internal|intranet|lan|corp|home\.arpa)$/.test(name)

/** As it may be stored and shown. */
const shown = (text: string) => cleanLine(text.slice(0, LONGEST_TEXT))

/** DNS_SERVERS, where the machine's own are not to be asked: addresses with or without a port. */
export const dnsServers = () =>
  environment()
    .DNS_SERVERS?.split(/[\s,]+/)
    .filter(Boolean)
