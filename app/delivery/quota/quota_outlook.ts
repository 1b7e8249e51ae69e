import db from '@adonisjs/lucid/services/db'
import { channelFor } from '../providers/channel_for.ts'
import { environmentAccount } from '../providers/environment.ts'
import { wayOut } from '../providers/ways_out.ts'
import { askForQuotas, quotasOf, type Quotas } from './quotas.ts'

const MAX_AGE_MS = 60_000

export interface QuotaOutlook extends Quotas {
  /** Mails of campaigns that are being sent by the same account and have not left yet. */
  waiting: number
}

/** What the account of a workspace may still send, before it is asked to. Null where nobody counts, or nobody has told. */
export async function quotaOutlook({
  workspaceId,
  topicId,
}: {
  workspaceId: number
  topicId?: number
}): Promise<QuotaOutlook | null> {
  const channel = await channelFor(workspaceId, { topicId })
  if (!channel.usage) return null
  await askForQuotas(channel, { maxAgeMs: MAX_AGE_MS })
  const quotas = await quotasOf(channel.account)
  return quotas && { ...quotas, waiting: await waitingFor(channel.account) }
}

async function waitingFor(account: string): Promise<number> {
  const { rows } = await db.rawQuery(
    `select coalesce(sum(cardinality(b.contact_ids)), 0)::int as people
     from shipments s
     join lateral (${wayOut({ workspace: 's.workspace_id', topic: 's.topic_id' })}) as way on way.account = ?
     join batches b on b.workspace_id = s.workspace_id and b.shipment_id = s.id and b.state in ('queued', 'leased')
     where s.finished_at is null and s.state in ('running', 'paused', 'stopped')`,
    [environmentAccount(), account] as any[]
  )
  return rows[0].people
}
