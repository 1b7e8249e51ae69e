import db from '@adonisjs/lucid/services/db'
import type { FindingId, Level } from './checks/finding.ts'
import type { KeptFinding } from './finish_check.ts'

export interface WatchedDomain {
  domain: string
  checkedAt: Date | null
  findings: { id: FindingId; level: Level; message: string; fix: string | null; host: string | null }[]
}

/** What is known of these domains since their last look; those that nobody watches are missing. No question leaves the house. */
export async function watchedDomains({
  workspaceId,
  domains,
}: {
  workspaceId: number
  domains: string[]
}): Promise<WatchedDomain[]> {
  const rows = await db
    .from('sending_domains')
    .where('workspace_id', workspaceId)
    .whereIn('domain', domains)
    .select('domain', 'checked_at', 'findings')
  return rows.map(({ domain, checked_at: checkedAt, findings }) => ({
    domain,
    checkedAt,
    findings: Object.values(findings as Record<string, KeptFinding>),
  }))
}
