import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { liftRestriction, restrictionOf, type Restriction } from '#consent'
import type { Actor } from '#identity'
import type { Contact } from '../models/contact.ts'
import { openRequest } from './record_request.ts'
import { fulfilRequest } from './settle_request.ts'

interface Change {
  workspaceId: number
  contact: Contact
  actor: Actor
  trx: TransactionClientContract
}

/** Restricts a person now (GDPR art. 18), by the request that they wait for or a new one. Who is restricted stays so. */
export async function restrictContact({
  contact,
  reason,
  ...by
}: Change & { reason: string | null }): Promise<Restriction> {
  const before = await restrictionOfContact(contact, by.trx)
  if (before) return before
  const request = await openRequest({ ...by, contact, kind: 'restriction', note: reason })
  await fulfilRequest({ ...by, requestId: request.id })
  return (await restrictionOfContact(contact, by.trx))!
}

/**
 * Lets their data be used again. The request that restricted it says so, too.
 *
 * @throws NotRestricted (409)
 */
export async function letContactBeUsed({ contact, reason, ...by }: Change & { reason: string }): Promise<void> {
  const { workspaceId, actor, trx } = by
  const restriction = await restrictionOfContact(contact, trx)
  await liftRestriction({ workspaceId, contactId: contact.id, emailHash: contact.emailHash, actor, trx })
  const theirs = [contact.id, restriction!.contactId]
  await trx.rawQuery(
    `update privacy_requests set outcome = outcome || jsonb_build_object('lifted_at', now(), 'lifted_by', ?::text, 'lift_reason', ?::text)
     where workspace_id = ? and kind = 'restriction' and state = 'done' and outcome->'lifted_at' is null
       and contact_id in (select id from contacts where workspace_id = ? and (id = any(?::bigint[]) or merged_into = any(?::bigint[])))`,
    [actor.label, reason, workspaceId, workspaceId, theirs, theirs] as any[]
  )
}

export const restrictionOfContact = ({ workspaceId, id, emailHash }: Contact, client?: TransactionClientContract) =>
  restrictionOf({ workspaceId, contactId: id, emailHash, client })

export const restrictionJson = (restriction: Restriction | null) =>
  restriction && { since: restriction.since.toISOString(), reason: restriction.reason, by: restriction.by }
