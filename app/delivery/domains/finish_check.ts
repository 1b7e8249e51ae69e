import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { tellTeam } from '#identity'
import { enqueue, touch } from '#platform'
import { appUrl } from '#config/app'
import { environment } from '../providers/environment.ts'
import { isWorse, worst, type Finding, type Level } from './checks/finding.ts'
import type { DnsRecord } from './dns_records.ts'

interface Finished {
  before: any
  findings: Finding[]
  records: DnsRecord[]
  /** What the provider said, as columns; what is undefined stays. */
  facts: Record<string, unknown>
  lookAgainAfter?: number
  again: number
}

/** A finding as it is kept: `known` is its level when there last was an answer. */
export type KeptFinding = Finding & { known?: Exclude<Level, 'unknown'>; checked_at: string }

/**
 * The end of a look: all that was seen in one transaction, and a mail to the team when something broke that was well the
 * time before. No answer is not broken.
 */
export async function finishCheck(
  { workspaceId, domainId, no }: { workspaceId: number; domainId: number; no: number },
  { before, findings, records, facts, lookAgainAfter, again }: Finished
): Promise<void> {
  await db.transaction(async (trx) => {
    const earlier = before.findings as Record<string, KeptFinding>
    const at = new Date().toISOString()
    const kept = Object.fromEntries(
      findings.map((finding) => [
        finding.id,
        { ...finding, known: finding.level === 'unknown' ? earlier[finding.id]?.known : finding.level, checked_at: at },
      ])
    )
    const columns = Object.entries(facts).filter(([, value]) => value !== undefined)
    const updated = await trx
      .from('sending_domains')
      .where({ workspace_id: workspaceId, id: domainId, check_no: no })
      .update({
        ...Object.fromEntries(
          columns.map(([name, value]) => [name, name === 'provider_records' ? JSON.stringify(value) : value])
        ),
        findings: JSON.stringify(kept),
        records: JSON.stringify(records),
        level: worst(findings.map(({ level }) => level)),
        checking_since: null,
        checked_at: at,
      })
    if (Number(updated) === 0) return
    const broken = findings.filter(({ id, level }) => {
      const known = earlier[id]?.known
      return known !== undefined && level !== 'unknown' && isWorse(level, known)
    })
    if (broken.length > 0) await tell({ workspaceId, domainId, no, domain: before.domain, broken }, trx)
    if (lookAgainAfter !== undefined) {
      await enqueue(
        'domains.check',
        { workspaceId, domainId, again },
        { trx, afterSeconds: lookAgainAfter, once: `later-${workspaceId}-${domainId}` }
      )
    }
    await touch(trx, workspaceId, ['domains', `domains/${domainId}`])
  })
}

async function tell(
  {
    workspaceId,
    domainId,
    no,
    domain,
    broken,
  }: { workspaceId: number; domainId: number; no: number; domain: string; broken: Finding[] },
  trx: TransactionClientContract
) {
  const { RESEND_API_KEY, SMTP_URL } = environment()
  const isBad = broken.some(({ level }) => level === 'block')
  await tellTeam({
    workspaceId,
    key: `domain-broke-${domainId}-${no}`,
    // mail in the name of a domain that broke may not arrive; where the installation has a way of its own, it goes there
    through: isBad && (RESEND_API_KEY || SMTP_URL) ? 'installation' : 'workspace',
    subject: isBad ? `Mail from ${domain} may be rejected` : `Something about ${domain} needs a look`,
    lead: `This was well when we last looked and is not any more. ${broken.map(({ message, fix }) => [message, fix].join(' ')).join(' ')}`,
    action: { label: 'Look at it', url: `${appUrl}/w/${workspaceId}/settings/domains/${domainId}` },
    note: 'You get this because you are responsible for this workspace.',
    trx,
  })
}
