import { checkDkim } from './checks/dkim.ts'
import { checkDmarc } from './checks/dmarc.ts'
import type { Finding } from './checks/finding.ts'
import { checkMx } from './checks/mx.ts'
import { checkSpf } from './checks/spf.ts'
import { checkTls, checkTrackingHost } from './checks/tracking_host.ts'
import type { Dns } from './dns.ts'
import { recordsOf, type AskedRecord, type DnsRecord } from './dns_records.ts'

export interface Looked {
  domain: string
  returnPath: string
  dkimSelectors: string[]
  replyToDomain: string | null
  asked: AskedRecord[]
}

/**
 * Everything that can be seen of a domain from outside, side by side.
 *
 * @param tell hears each finding when it is made
 */
export async function lookAtDomain(
  { domain, returnPath, dkimSelectors, replyToDomain, asked }: Looked,
  { dns, appUrl, tell = async () => {} }: { dns: Dns; appUrl: string; tell?: (finding: Finding) => Promise<void> }
): Promise<{ findings: Finding[]; records: DnsRecord[] }> {
  const askedFor = (host: string) =>
    asked.find((record) => record.host === host && record.type === 'TXT')?.value ?? null
  const selectors = dkimSelectors.map((name) => ({ name, expected: askedFor(`${name}._domainkey.${domain}`) }))
  const dmarc = checkDmarc({ dns, domain, returnPath })
  const checks: Promise<Finding | null>[] = [
    checkSpf({ dns, host: returnPath, expected: askedFor(returnPath) }),
    checkDkim({ dns, domain, selectors }),
    dmarc,
    checkMx({ id: 'mx', dns, domain }),
    ...(replyToDomain && replyToDomain !== domain ? [checkMx({ id: 'reply_to', dns, domain: replyToDomain })] : []),
    checkTrackingHost({ dns, appUrl }),
    checkTls({ appUrl }),
  ]
  const findings = await Promise.all(
    checks.map(async (check) => {
      const found = await check
      if (found) await tell(found)
      return found
    })
  )
  return {
    findings: findings.filter((found) => found !== null),
    records: await recordsOf({ asked, dmarc: await dmarc }, dns),
  }
}
