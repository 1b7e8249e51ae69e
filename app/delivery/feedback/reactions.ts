import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { addressHash, addressKey, suppress, withdrawAll, type SuppressionReason } from '#consent'
import { theSystem } from '#identity'
import { markUnsubscribed } from '../accounting/mark_unsubscribed.ts'
import type { Happening } from './message_states.ts'

export interface Reaction {
  /** Null: service mail to somebody whom we do not know otherwise. */
  contactId: number | null
  /** The address that the mail went to, whatever the contact's is by now; null once the person was erased. */
  email: string | null
  happening: Happening
}

interface Scene {
  workspaceId: number
  /** Null: service mail. */
  campaignId: number | null
  trx: TransactionClientContract
}

const SOFT_BOUNCES = 3

/** What a bounce or a complaint means for the future: the address is suppressed in the same transaction. */
export async function heed(reactions: Reaction[], scene: Scene): Promise<void> {
  const of = (...states: string[]) => reactions.filter(({ happening }) => states.includes(happening.state))
  const bounced = of('bounced')
  const hard = bounced.filter(({ happening }) => happening.reason === 'bounce_permanent')
  const soft = bounced.filter(({ happening }) => happening.reason !== 'bounce_permanent')
  await suppressAll(hard, { reason: 'hard_bounce', note: 'The address does not exist or refuses for good.' }, scene)
  await suppressAll(of('suppressed'), { reason: 'provider', note: "It is on the provider's suppression list." }, scene)
  await suppressAll(
    await thirdTime(soft, scene),
    { reason: 'hard_bounce', note: 'Three bounces within 30 days.' },
    scene
  )
  await complaints(of('complained'), scene)
}

async function suppressAll(
  those: Reaction[],
  { reason, note }: { reason: SuppressionReason; note: string },
  { workspaceId, campaignId, trx }: Scene
) {
  const addresses = those
    .flatMap(({ email }) => email ?? [])
    .map((email) => ({ hash: addressHash(workspaceId, addressKey(email)), address: email }))
  if (addresses.length === 0) return
  await suppress({
    workspaceId,
    addresses,
    reason,
    note,
    source: sourceOf(campaignId),
    actor: theSystem,
    trx,
  })
}

const sourceOf = (campaignId: number | null) => (campaignId === null ? 'service mail' : `campaign ${campaignId}`)

/** A full mailbox may be emptied; one that bounces three times in thirty days is given up. */
async function thirdTime(soft: Reaction[], { workspaceId, trx }: Scene): Promise<Reaction[]> {
  const known = soft.flatMap(({ contactId }) => contactId ?? [])
  if (known.length === 0) return []
  const { rows } = await trx.rawQuery(
    `select contact_id from (
       select contact_id, state, ended_at from messages where workspace_id = ? and contact_id = any(?::bigint[])
       union all
       select contact_id, state, ended_at from service_messages where workspace_id = ? and contact_id = any(?::bigint[])
     ) as mails
     where state = 'bounced' and ended_at > now() - interval '30 days'
     group by contact_id having count(*) >= ?`,
    [workspaceId, known, workspaceId, known, SOFT_BOUNCES] as any[]
  )
  const often = new Set(rows.map((row: any) => row.contact_id))
  return soft.filter(({ contactId }) => often.has(contactId))
}

/** Who calls it spam withdraws from everything. */
async function complaints(those: Reaction[], { workspaceId, campaignId, trx }: Scene) {
  await suppressAll(
    those,
    { reason: 'complaint', note: 'Marked as spam by its reader.' },
    { workspaceId, campaignId, trx }
  )
  for (const { contactId, happening } of those) {
    if (contactId === null) continue
    await withdrawAll({
      workspaceId,
      contactId,
      channel: 'email',
      statement: 'Marked a mail as spam.',
      source: sourceOf(campaignId),
      sourceKind: 'provider',
      sourceRef: happening.providerId,
      reason: 'complaint',
      actor: theSystem,
      trx,
    })
    if (campaignId !== null) await markUnsubscribed({ workspaceId, campaignId, contactId, trx })
  }
}
