import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import db from '@adonisjs/lucid/services/db'
import { announce, touch, type DomainEvent } from '#platform'
import { onTheWay } from './on_the_way.ts'

interface Leaving {
  workspaceId: number
  campaignId: number
  contactId: number
  trx: TransactionClientContract
}

/**
 * This mail made its reader leave: the campaign's account remembers when, the first time. Who is faster than the
 * provider's answer to us is remembered when it comes.
 */
export async function markUnsubscribed({ trx, ...leaving }: Leaving) {
  const at = new Date()
  const { workspaceId, campaignId, contactId } = leaving
  if (await mark({ ...leaving, trx }, at)) return
  const isComing = await onTheWay({ workspaceId, campaignId, contactIds: [contactId] }, trx)
  if (isComing.length === 0) return void (await mark({ ...leaving, trx }, at))
  const payload = { campaign_id: campaignId, contact_id: contactId, at: at.toISOString() }
  await announce('message.left_early', { workspaceId, payload, trx })
}

/** `message.left_early`: again, until there is a message to mark. */
export async function markWhoLeftEarly({ workspaceId, payload }: Pick<DomainEvent, 'workspaceId' | 'payload'>) {
  const { campaign_id: campaignId, contact_id: contactId, at } = payload as Record<string, any>
  await db.transaction(async (trx) => {
    if (await mark({ workspaceId, campaignId, contactId, trx }, new Date(at))) return
    const isComing = await onTheWay({ workspaceId, campaignId, contactIds: [contactId] }, trx)
    if (isComing.length > 0) throw new Error('The mail that made them leave is still on its way.')
    await mark({ workspaceId, campaignId, contactId, trx }, new Date(at))
  })
}

/** @returns whether there is such a message, marked now or before */
async function mark({ workspaceId, campaignId, contactId, trx }: Leaving, at: Date): Promise<boolean> {
  const { rowCount } = await trx.rawQuery(
    `update messages set unsubscribed_at = coalesce(unsubscribed_at, ?)
     where workspace_id = ? and campaign_id = ? and contact_id = ?
       and month = (select s.month from shipments s where s.workspace_id = ? and s.campaign_id = ?)`,
    [at, workspaceId, campaignId, contactId, workspaceId, campaignId] as any[]
  )
  await touch(trx, workspaceId, [`campaigns/${campaignId}`])
  return rowCount > 0
}
