import { createPublicKey } from 'node:crypto'
import type { Dns } from '../dns.ts'
import { blocking, finding, isWorse, unknown, warning, worst, type Finding, type Trouble } from './finding.ts'
import { tagsOf } from './tags.ts'

/** Google 81126: at least 1024 bits, 2048 advised. */
const LEAST_BITS = 1024
const GOOD_BITS = 2048

/**
 * The keys that the provider signs with (RFC 6376 §3.6, RFC 8463). One that works is enough, and others beside it that do
 * not are worth a word.
 *
 * @param selectors as the provider gives them, with the record it asks for where that is known
 */
export async function checkDkim({
  dns,
  domain,
  selectors,
}: {
  dns: Dns
  domain: string
  selectors: { name: string; expected: string | null }[]
}): Promise<Finding> {
  if (selectors.length === 0) {
    const none = unknown(
      'Which DKIM key your provider signs with is not known here.',
      'Give the selector that your mail provider names (the part before ._domainkey).'
    )
    return finding({ id: 'dkim', host: null, found: [], troubles: [none], fine: '' })
  }
  const keys = await Promise.all(selectors.map((selector) => lookAtKey(dns, domain, selector)))
  const isUsable = keys.some(
    ({ troubles }) =>
      !isWorse(worst(troubles.map(({ level }) => level)), 'warn') && !troubles.some(({ level }) => level === 'unknown')
  )
  const troubles = keys.flatMap((key) =>
    isUsable
      ? key.troubles.map((trouble) => (trouble.level === 'block' ? { ...trouble, level: 'warn' as const } : trouble))
      : key.troubles
  )
  return finding({
    id: 'dkim',
    host: keys[0].host,
    found: keys.flatMap(({ found }) => found),
    expected: selectors[0].expected,
    troubles,
    fine: keys.map(({ fine }) => fine).join(' '),
  })
}

async function lookAtKey(dns: Dns, domain: string, { name, expected }: { name: string; expected: string | null }) {
  const host = `${name}._domainkey.${domain}`
  const answer = await dns.txt(host)
  if (answer.kind === 'failed') {
    return {
      host,
      found: [],
      fine: '',
      troubles: [unknown(`The DKIM key at ${host} could not be read: ${answer.reason}.`)],
    }
  }
  if (answer.kind === 'none') {
    const fix = expected
      ? 'Add this TXT record where your DNS is kept.'
      : `Add the key that your provider gives at ${host}.`
    return { host, found: [], fine: '', troubles: [blocking(`There is no DKIM key at ${host}.`, fix)] }
  }
  const found = answer.records
  if (found.length > 1) {
    const several = blocking(
      `There are ${found.length} records at ${host}: which one counts is undefined (RFC 6376 §3.6.2.2).`,
      'Leave only the right one.'
    )
    return { host, found, fine: '', troubles: [several] }
  }
  const { key, troubles } = judge(found[0], host)
  const wanted = expected === null ? null : tagsOf(expected)?.get('p')
  if (wanted && troubles.length === 0 && compact(wanted) !== compact(tagsOf(found[0])?.get('p') ?? '')) {
    troubles.push(
      blocking(`The key at ${host} is not the one that your provider signs with.`, 'Replace it by this one.')
    )
  }
  return { host, found, fine: `${key} at ${host}.`, troubles }
}

function judge(record: string, host: string): { key: string; troubles: Trouble[] } {
  const bad = (message: string, fix: string) => ({ key: '', troubles: [blocking(message, fix)] })
  const again = 'Copy the record again as your provider gives it, without spaces or quotes.'
  const tags = tagsOf(record)
  if (!tags || (tags.has('v') && tags.get('v') !== 'DKIM1'))
    return bad(`The DKIM record at ${host} cannot be read.`, again)
  const p = compact(tags.get('p') ?? '')
  if (tags.has('p') && p === '') return bad(`The DKIM key at ${host} is revoked (p= is empty).`, again)
  const kind = (tags.get('k') ?? 'rsa').toLowerCase()
  const bits = kind === 'ed25519' ? ed25519Bits(p) : kind === 'rsa' ? rsaBits(p) : null
  if (bits === null) return bad(`The DKIM key at ${host} cannot be read.`, again)
  const troubles: Trouble[] = []
  if (kind === 'rsa' && bits < LEAST_BITS) {
    troubles.push(
      blocking(
        `The DKIM key at ${host} has ${bits} bits; less than ${LEAST_BITS} are not accepted.`,
        `Have your provider make one of ${GOOD_BITS} bits.`
      )
    )
  } else if (kind === 'rsa' && bits < GOOD_BITS) {
    troubles.push(
      warning(
        `The DKIM key at ${host} has ${bits} bits; ${GOOD_BITS} are advised.`,
        `Ask your provider for a key of ${GOOD_BITS} bits when it offers one.`
      )
    )
  }
  if (
    (tags.get('t') ?? '')
      .split(':')
      .map((flag) => flag.trim())
      .includes('y')
  ) {
    troubles.push(warning(`The DKIM key at ${host} says that it is only being tried out (t=y).`, 'Take t=y out.'))
  }
  return { key: kind === 'rsa' ? `RSA key of ${bits} bits` : 'Ed25519 key', troubles }
}

const compact = (text: string) => text.replace(/\s+/g, '')

/** As everybody writes it, or as RFC 6376 first meant it. */
function rsaBits(p: string): number | null {
  for (const type of ['spki', 'pkcs1'] as const) {
    try {
      const key = createPublicKey({ key: bytesOf(p), format: 'der', type })
      return key.asymmetricKeyType === 'rsa' ? (key.asymmetricKeyDetails?.modulusLength ?? null) : null
    } catch {
      // not in this form
    }
  }
  return null
}

/** RFC 8463 §4: the 32 bytes themselves. */
const ed25519Bits = (p: string) => (bytesOf(p).length === 32 ? 256 : null)

const bytesOf = (p: string) => (/^[A-Za-z0-9+/]+={0,2}$/.test(p) ? Buffer.from(p, 'base64') : Buffer.alloc(0))
