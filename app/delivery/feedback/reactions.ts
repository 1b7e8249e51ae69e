import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { addressHash, addressKey, suppress, withdrawAll, type SuppressionReason } from '#consent'
import { theSystem } from '#identity'
import { markUnsubscribed } from '../accounting/mark_unsubscribed.ts'
import type { Bounce } from './bounces/bounce.ts'
import { heedBounces } from './bounces/heed_bounces.ts'
import type { Happening } from './message_states.ts'

export interface Reaction {
  /** Null: service mail to somebody whom we do not know otherwise. */
  contactId: number | null
  serviceMessageId?: number | null
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

/** What a bounce or a complaint means for the future: addresses are suppressed in the same transaction. */
export async function heed(reactions: Reaction[], scene: Scene): Promise<void> {
  const of = (...states: string[]) => reactions.filter(({ happening }) => states.includes(happening.state))
  await heedBounces(
    scene.workspaceId,
    of('bounced').map((reaction) => bounceOf(reaction, scene)),
    scene.trx
  )
  await suppressAll(of('suppressed'), { reason: 'provider', note: "It is on the provider's suppression list." }, scene)
  await complaints(of('complained'), scene)
}

const bounceOf = (
  { contactId, serviceMessageId = null, email, happening }: Reaction,
  { campaignId }: Scene
): Bounce => ({ contactId, campaignId, serviceMessageId, email, at: happening.at, ...happening.bounce! })

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
