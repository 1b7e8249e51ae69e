import db from '@adonisjs/lucid/services/db'
import type { FindingId, Level } from './checks/finding.ts'
import type { KeptFinding } from './finish_check.ts'

export interface WatchedDomain {
  domain: string
  checkedAt: Date | null
  findings: { id: FindingId; level: Level; message: string; fix: string | null }[]
}

/** What is known of a domain that mail is to be sent from; null when nobody watches it. No question leaves the house. */
export async function watchedDomain({
  workspaceId,
  domain,
}: {
  workspaceId: number
  domain: string
}): Promise<WatchedDomain | null> {
  const row = await db.from('sending_domains').where({ workspace_id: workspaceId, domain }).first()
  if (!row) return null
  return {
    domain,
    checkedAt: row.checked_at,
    findings: Object.values(row.findings as Record<string, KeptFinding>).map(({ id, level, message, fix }) => ({
      id,
      level,
      message,
      fix,
    })),
  }
}
