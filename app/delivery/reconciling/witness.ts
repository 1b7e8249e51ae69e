import db from '@adonisjs/lucid/services/db'
import type { SoughtMail } from '#channels'
import type { Reading } from './list_reading.ts'
import type { Doubt } from './sought_mails.ts'

/**
 * A mail that the account certainly took, of the same campaign and about the same time: a list that does not show it proves
 * nothing about others. Null: there is none.
 */
export async function witnessOf(
  { workspaceId, account, reachesTo, beganAt }: Reading,
  doubts: Doubt[]
): Promise<SoughtMail | null> {
  const campaign = doubts.find((doubt) => doubt.campaign)?.campaign
  if (!campaign) return null
  const { rows: batches } = await db.rawQuery(
    `select b.id, b.contact_ids from batches b
     where b.workspace_id = ? and b.state = 'done' and b.accepted > 0 and b.account = ? and b.sealed_at between ? and ?
       and b.shipment_id = (select s.id from shipments s where s.workspace_id = ? and s.campaign_id = ?)
     order by b.id limit 1`,
    [workspaceId, account, reachesTo, beganAt, workspaceId, campaign.id] as any[]
  )
  if (batches.length === 0) return null
  const { rows } = await db.rawQuery(
    `select contact_id, email from messages
     where workspace_id = ? and month = ? and campaign_id = ? and contact_id = any(?::bigint[]) and batch_id = ?
       and provider_id is not null and found_at is null and email is not null
     order by contact_id limit 1`,
    [workspaceId, campaign.month, campaign.id, batches[0].contact_ids, batches[0].id] as any[]
  )
  if (rows.length === 0) return null
  const [{ contact_id: contactId, email }] = rows
  return { to: email, tags: { w: String(workspaceId), c: String(campaign.id), m: String(contactId) } }
}
