import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import { failureForLog } from '#platform'
import { channelFor } from '../providers/channel_for.ts'
import { askForQuotas } from './quotas.ts'

const MOST = 200
const AT_ONCE = 5
const MAX_AGE_MS = 60_000

/** While campaigns are being sent, their accounts are asked every few minutes what they may still send. */
export async function refreshQuotas({ workspaceId = null }: { workspaceId?: number | null } = {}): Promise<void> {
  const { rows } = await db.rawQuery(
    `select distinct workspace_id from shipments
     where finished_at is null and state = 'running' and workspace_id = coalesce(?::bigint, workspace_id)
     order by workspace_id limit ?`,
    [workspaceId, MOST] as any[]
  )
  const channels = await Promise.all(rows.map((row: any) => channelFor(row.workspace_id)))
  const accounts = [...new Map(channels.map((channel) => [channel.account, channel])).values()]
  for (let start = 0; start < accounts.length; start += AT_ONCE) {
    await Promise.all(
      accounts.slice(start, start + AT_ONCE).map((channel) =>
        askForQuotas(channel, { maxAgeMs: MAX_AGE_MS }).catch((error) => {
          logger.warn({ account: channel.account, failure: failureForLog(error) }, 'the quota could not be asked for')
        })
      )
    )
  }
}
