import type { Dns } from '../dns.ts'
import { finding, unknown, warning, type Finding, type Trouble } from './finding.ts'

/**
 * Can somebody answer? From and Reply-To must receive mail (Microsoft's rules for senders; RFC 5321 §5.1, null MX: RFC 7505).
 */
export async function checkMx({
  id,
  dns,
  domain,
}: {
  id: 'mx' | 'reply_to'
  dns: Dns
  domain: string
}): Promise<Finding> {
  const answer = await dns.mx(domain)
  const records = answer.kind === 'found' ? answer.records : []
  const found = records.map(({ priority, exchange }) => `${priority} ${exchange || '.'}`)
  const about = { id, host: domain, found }
  const trouble = (it: Trouble) => finding({ ...about, troubles: [it], fine: '' })
  const fix = `Have mail for ${domain} received, or answer to another address.`
  if (answer.kind === 'failed')
    return trouble(unknown(`Where mail for ${domain} goes could not be seen: ${answer.reason}.`))
  if (answer.kind === 'none') {
    const address = await dns.addresses(domain)
    return trouble(
      address.kind === 'found'
        ? warning(
            `${domain} has no MX record; mail for it is tried at its web address.`,
            `Add an MX record for ${domain}.`
          )
        : warning(`Nobody can answer: ${domain} receives no mail.`, fix)
    )
  }
  if (records.every(({ exchange }) => exchange === '')) {
    return trouble(warning(`Nobody can answer: ${domain} says that it receives no mail (RFC 7505).`, fix))
  }
  const hosts = records.filter(({ exchange }) => exchange !== '').slice(0, 5)
  const reached = await Promise.all(hosts.map(({ exchange }) => dns.addresses(exchange)))
  if (reached.every(({ kind }) => kind === 'none')) {
    return trouble(
      warning(`Nobody can answer: the mail servers of ${domain} do not exist.`, `Correct the MX records of ${domain}.`)
    )
  }
  return finding({ ...about, troubles: [], fine: `Mail for ${domain} is received.` })
}
