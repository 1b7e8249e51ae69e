import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { enqueue, touch } from '#platform'
import { appUrl } from '#config/app'
import { providerFacts } from './add_domain.ts'
import { askAtResend, findAtResend, resendOf, verifyAtResend } from './at_resend.ts'
import type { Finding } from './checks/finding.ts'
import { dnsServers, openDns } from './dns.ts'
import { LOOKED_AT, type AskedRecord, type DnsRecord } from './dns_records.ts'
import { finishCheck } from './finish_check.ts'
import { lookAtDomain } from './look_at_domain.ts'
import { providerFinding } from './provider_finding.ts'

export interface DomainKey {
  workspaceId: number
  domainId: number
}

/** While Resend looks itself, we look again after so many seconds. */
const AGAIN_AFTER = [3, 10, 20, 60, 120, 300, 600, 1_800]

/**
 * Has a worker look, now. Where a look was asked for in the last seconds that one will do, unless something was changed
 * since (`isChanged`).
 */
export async function requestCheck(
  { workspaceId, domainId }: DomainKey,
  { trx, isChanged = false }: { trx: TransactionClientContract; isChanged?: boolean }
) {
  const { rows } = await trx.rawQuery(
    `update sending_domains set checking_since = clock_timestamp()
     where workspace_id = ? and id = ?
       and (? or checking_since is null or checking_since < clock_timestamp() - interval '20 seconds')
     returning id`,
    [workspaceId, domainId, isChanged]
  )
  if (rows.length === 0) return
  await enqueue('domains.check', { workspaceId, domainId, again: 0 }, { trx, once: `now-${workspaceId}-${domainId}` })
}

/**
 * Looks at a domain: asks the provider, then the DNS; each finding is stored when it is made, so that whoever watches
 * sees it come. Records that are all there are reported to Resend without anybody pressing a button there.
 */
export async function checkDomain({ workspaceId, domainId, again = 0 }: DomainKey & { again?: number }): Promise<void> {
  const before = await begin({ workspaceId, domainId })
  if (!before) return
  const key = { workspaceId, domainId, no: before.check_no as number }
  const facts = await askProvider(before)
  const asked = (facts.provider_records ?? before.provider_records) as AskedRecord[]
  const status = facts.provider_status === undefined ? before.provider_status : facts.provider_status
  const dns = openDns({ servers: dnsServers() })
  try {
    const seen = await lookAtDomain(
      {
        domain: before.domain,
        returnPath: facts.return_path ?? before.return_path,
        dkimSelectors: facts.dkim_selectors ?? before.dkim_selectors,
        replyToDomain: before.reply_to_domain,
        asked,
      },
      { dns, appUrl, tell: (finding) => storeFinding(key, finding) }
    )
    const now = await verifyWhenReady({ ...before, ...facts, provider_status: status }, seen.records)
    const provider = providerFinding({ ...before, ...facts, provider_status: now })
    await finishCheck(key, {
      before,
      findings: provider ? [provider, ...seen.findings] : seen.findings,
      records: seen.records,
      facts: { ...facts, provider_status: now },
      lookAgainAfter: now === 'pending' ? AGAIN_AFTER[again] : undefined,
      again: again + 1,
    })
  } finally {
    dns.close()
  }
}

/** Whoever begins later is right: the number tells. */
async function begin({ workspaceId, domainId }: DomainKey) {
  const { rows } = await db.rawQuery(
    `update sending_domains set check_no = check_no + 1, checking_since = clock_timestamp()
     where workspace_id = ? and id = ? returning *`,
    [workspaceId, domainId]
  )
  return rows[0]
}

/** Where the provider gives no answer, what it said last stays. */
async function askProvider(row: any): Promise<Record<string, any>> {
  const { workspace_id: workspaceId, provider_id: id, domain } = row
  const resend = await resendOf(workspaceId)
  if (!resend) return { provider_note: id ? 'Resend is not connected any more.' : null }
  const facts: any = providerFacts(await (id ? askAtResend(resend, id, domain) : findAtResend(resend, domain)), domain)
  return {
    provider_id: facts.providerId,
    provider_status: facts.providerStatus,
    provider_region: facts.providerRegion,
    provider_tracks: facts.providerTracks,
    provider_records: facts.providerRecords,
    provider_note: facts.providerNote,
    return_path: facts.returnPath,
    dkim_selectors: facts.dkimSelectors,
  }
}

/** @returns the status at the provider, after that */
async function verifyWhenReady(row: any, records: DnsRecord[]): Promise<string | null> {
  const status = row.provider_status as string | null
  if (!row.provider_id || status === 'verified' || status === 'pending') return status
  const isReady = records
    .filter(({ provider_status, type }) => provider_status !== null && LOOKED_AT.includes(type))
    .every(({ state }) => state === 'right')
  const resend = isReady ? await resendOf(row.workspace_id) : null
  if (!resend) return status
  const { note } = await verifyAtResend(resend, row.provider_id)
  return note === null ? 'pending' : status
}

async function storeFinding({ workspaceId, domainId, no }: DomainKey & { no: number }, finding: Finding) {
  const { rows } = await db.rawQuery(
    `update sending_domains
     set findings = findings || jsonb_build_object(?::text, coalesce(findings -> ?::text, '{}') || ?::jsonb || jsonb_build_object('checked_at', clock_timestamp()))
     where workspace_id = ? and id = ? and check_no = ? returning id`,
    [finding.id, finding.id, JSON.stringify(finding), workspaceId, domainId, no]
  )
  if (rows.length > 0) await touch(db.connection(), workspaceId, [`domains/${domainId}`])
}
