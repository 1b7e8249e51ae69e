import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import type { EmailChannel } from '#channels'
import { failureForLog } from '#platform'
import { channelFor } from '../providers/channel_for.ts'
import { askForQuotas } from './quotas.ts'

const MOST = 200
const AT_ONCE = 5
const MAX_AGE_MS = 60_000

/** While campaigns are being sent, their accounts are asked every few minutes what they may still send; of very many, some each time. */
export async function refreshQuotas({ workspaceId = null }: { workspaceId?: number | null } = {}): Promise<void> {
  const { rows } = await db.rawQuery(
    `select workspace_id, topic_id from shipments
     where finished_at is null and state = 'running' and workspace_id = coalesce(?::bigint, workspace_id)
     group by workspace_id, topic_id order by random() limit ?`,
    [workspaceId, MOST] as any[]
  )
  const channels = await Promise.all(rows.map(channelOfShipment))
  const known = channels.filter((channel) => channel !== null)
  const accounts = [...new Map(known.map((channel) => [channel.account, channel])).values()]
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

/** Null where a workspace has none that can be used: that is nobody else's trouble. */
async function channelOfShipment(row: { workspace_id: number; topic_id: number }): Promise<EmailChannel | null> {
  try {
    return await channelFor(row.workspace_id, { topicId: row.topic_id })
  } catch (error) {
    logger.warn({ workspace: row.workspace_id, failure: failureForLog(error) }, 'there is no account to ask')
    return null
  }
}
