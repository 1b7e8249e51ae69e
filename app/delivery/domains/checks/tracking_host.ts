import type { Dns } from '../dns.ts'
import { isPrivateHost } from '../../providers/private_host.ts'
import { certificateOf, type Certificate } from './certificate.ts'
import { blocking, finding, unknown, warning, type Finding, type Trouble } from './finding.ts'

const SOON_DAYS = 14

/**
 * The host that links, pixels and the way out lead to: APP_URL's. Only that one is ever called, so nobody's entry makes
 * this installation knock somewhere.
 */
export async function checkTrackingHost({ dns, appUrl }: { dns: Dns; appUrl: string }): Promise<Finding> {
  const { hostname, protocol } = new URL(appUrl)
  const about = { id: 'tracking_host' as const, host: hostname }
  const fix = 'Set APP_URL to the https address by which the world reaches this installation.'
  if (isPrivateHost(hostname)) {
    return finding({
      ...about,
      found: [],
      troubles: [warning(`Links lead to ${appUrl}, which only you can open.`, fix)],
      fine: '',
    })
  }
  const [cname, addresses] = await Promise.all([dns.cname(hostname), dns.addresses(hostname)])
  const found = [
    ...(cname.kind === 'found' ? cname.records.map((name) => `CNAME ${name}`) : []),
    ...(addresses.kind === 'found' ? addresses.records : []),
  ]
  const troubles: Trouble[] = []
  if (protocol !== 'https:')
    troubles.push(blocking(`Links lead to ${appUrl}: without https no one-click unsubscribe (RFC 8058).`, fix))
  if (addresses.kind === 'failed') troubles.push(unknown(`${hostname} could not be looked up: ${addresses.reason}.`))
  if (addresses.kind === 'none') {
    troubles.push(
      cname.kind === 'found'
        ? blocking(`${hostname} points to ${cname.records[0]}, which does not exist.`, 'Correct the CNAME record.')
        : blocking(`${hostname} does not exist: no link works.`, `Add a CNAME or A record for ${hostname}.`)
    )
  }
  if (addresses.kind === 'found' && addresses.records.every(isPrivateHost)) {
    troubles.push(
      blocking(`${hostname} has only private addresses: readers cannot open it.`, 'Point it to a public address.')
    )
  }
  return finding({ ...about, found, troubles, fine: `${hostname} can be reached.` })
}

/** The certificate that readers' programs see there; null where there is none to see. */
export async function checkTls({
  appUrl,
  look = certificateOf,
}: {
  appUrl: string
  look?: typeof certificateOf
}): Promise<Finding | null> {
  const { hostname, protocol } = new URL(appUrl)
  if (protocol !== 'https:') return null
  const seen = await look(appUrl)
  const about = { id: 'tls' as const, host: hostname }
  if ('failed' in seen) {
    return finding({
      ...about,
      found: [],
      troubles: [unknown(`The certificate of ${hostname} could not be seen: ${seen.failed}.`)],
      fine: '',
    })
  }
  return finding({
    ...about,
    found: [`${seen.names.join(', ')} · ${seen.issuer} · ${seen.validTo.toISOString().slice(0, 10)}`],
    troubles: certificateTroubles(seen, hostname),
    fine: `Its certificate is valid for ${daysLeft(seen)} more days.`,
  })
}

function certificateTroubles(seen: Certificate, hostname: string): Trouble[] {
  const days = daysLeft(seen)
  if (days < 0) return [blocking(`The certificate of ${hostname} has expired.`, 'Renew it.')]
  if (!seen.isForHost) return [blocking(`The certificate there is not for ${hostname}.`, `Get one for ${hostname}.`)]
  if (seen.refusal) {
    return [
      blocking(
        `Browsers do not trust the certificate of ${hostname} (${seen.refusal}).`,
        'Use one of a public authority, with its whole chain.'
      ),
    ]
  }
  if (days < SOON_DAYS)
    return [
      warning(
        `The certificate of ${hostname} expires in ${days} days.`,
        'Renew it, and see why that did not happen by itself.'
      ),
    ]
  return []
}

const daysLeft = ({ validTo }: Certificate) => Math.floor((validTo.getTime() - Date.now()) / 86_400_000)
