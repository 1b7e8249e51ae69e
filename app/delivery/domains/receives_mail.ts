import { dnsServers, openDns } from './dns.ts'

/** Names for trying out (RFC 2606): nobody's DNS has them. */
const RESERVED = /(^|\.)(test|example)$/
const PATIENCE_MS = 3_000
const ANSWERS = { found: 'yes', none: 'no', failed: 'unknown' } as const

/**
 * Whether mail for a domain can arrive: it has a mail server, or at least an address (RFC 5321 §5.1), and does not say that
 * it receives none (RFC 7505). `unknown`: nobody could tell within three seconds.
 */
export async function receivesMail(domain: string): Promise<'yes' | 'no' | 'unknown'> {
  if (RESERVED.test(domain)) return 'yes'
  const dns = openDns({ servers: dnsServers(), allMs: PATIENCE_MS })
  try {
    const servers = await dns.mx(domain)
    if (servers.kind === 'found') return servers.records.some(({ exchange }) => exchange !== '') ? 'yes' : 'no'
    if (servers.kind === 'failed') return 'unknown'
    return ANSWERS[(await dns.addresses(domain)).kind]
  } finally {
    dns.close()
  }
}
