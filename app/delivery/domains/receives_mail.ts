import { dnsServers, openDns } from './dns.ts'

/** Names for trying out (RFC 2606): nobody's DNS has them. */
const RESERVED = /(^|\.)(test|example)$/
const PATIENCE_MS = 3_000

/**
 * Whether mail for a domain can arrive: it has a mail server, or at least an address (RFC 5321 §5.1), and does not say that
 * it receives none (RFC 7505). When nobody can tell within three seconds it is believed.
 */
export async function receivesMail(domain: string): Promise<boolean> {
  if (RESERVED.test(domain)) return true
  const dns = openDns({ servers: dnsServers(), allMs: PATIENCE_MS })
  try {
    const servers = await dns.mx(domain)
    if (servers.kind === 'found') return servers.records.some(({ exchange }) => exchange !== '')
    return servers.kind === 'failed' || (await dns.addresses(domain)).kind !== 'none'
  } finally {
    dns.close()
  }
}
