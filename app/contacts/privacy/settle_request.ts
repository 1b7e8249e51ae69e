import { DateTime } from 'luxon'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { recordTracking, restrict, suppress, withdrawAll } from '#consent'
import { audit, type Actor } from '#identity'
import { touch } from '#platform'
import { eraseContact } from '../erase_contact.ts'
import { RequestSettled } from '../errors.ts'
import { Contact } from '../models/contact.ts'
import { PrivacyRequest } from '../models/privacy_request.ts'
import { countRecord } from './count_record.ts'

interface Settling {
  workspaceId: number
  requestId: number
  actor: Actor
  trx: TransactionClientContract
}

/**
 * Does what was asked for, now, and notes what it came to:
 *   access, portability  the record is handed over by whoever downloads it; here it is noted what it held;
 *   erasure              everything that names the person goes (eraseContact), counted for the certificate;
 *   objection            to direct marketing (art. 21(2)): everything agreed to ends, the address is suppressed, and nothing of
 *                        what they do with old mails is noted any more (profiling for it, art. 21(3));
 *   restriction          (art. 18) what is kept is not used until it is lifted: nothing is sent, whatever they agree to.
 *
 * @throws RequestSettled (409)
 */
export async function fulfilRequest({ workspaceId, requestId, actor, trx }: Settling): Promise<PrivacyRequest> {
  const request = await taken({ workspaceId, requestId, trx })
  const contact = await Contact.query({ client: trx }).where({ workspaceId, id: request.contactId }).firstOrFail()
  if (contact.erasedAt) throw new RequestSettled('This person is erased already: there is nothing left to do.')
  const outcome: Record<string, unknown> = { records: await countRecord({ workspaceId, contactId: contact.id, trx }) }
  if (request.kind === 'erasure') {
    outcome.address_hash = contact.emailHash?.toString('hex') ?? null
    await eraseContact({ workspaceId, contact, actor, trx })
    await closeOthers(request, trx)
    request.note = null
  }
  if (request.kind === 'objection') outcome.ended = await honourObjection({ workspaceId, contact, actor, trx })
  if (request.kind === 'restriction') {
    await restrict({ workspaceId, contactId: contact.id, reason: request.note, actor, trx })
  }
  return settle(request, { state: 'done', outcome, actor, trx })
}

/**
 * Says no to a request, with the reason that the person is told, too (GDPR art. 12(4)).
 *
 * @throws RequestSettled (409)
 */
export async function refuseRequest({ reason, actor, trx, ...of }: Settling & { reason: string }) {
  const request = await taken({ ...of, trx })
  return settle(request, { state: 'refused', outcome: { reason }, actor, trx })
}

/** Locked, so that two clicks settle it once. */
async function taken({ workspaceId, requestId, trx }: Omit<Settling, 'actor'>) {
  const request = await PrivacyRequest.query({ client: trx })
    .where({ workspaceId, id: requestId })
    .forUpdate()
    .firstOrFail()
  if (!request.isOpen) throw new RequestSettled(`This request is ${request.state} already.`)
  return request
}

/** Whatever else an erased person still waited for cannot be done any more. */
async function closeOthers({ workspaceId, contactId, id }: PrivacyRequest, trx: TransactionClientContract) {
  await trx
    .from('privacy_requests')
    .where({ workspace_id: workspaceId, contact_id: contactId })
    .whereIn('state', ['open', 'unconfirmed'])
    .whereNot('id', id)
    .update({
      state: 'refused',
      outcome: JSON.stringify({ erased: true }),
      settled_by: 'erasure',
      settled_at: new Date(),
    })
}

async function honourObjection({
  workspaceId,
  contact,
  actor,
  trx,
}: {
  workspaceId: number
  contact: Contact
  actor: Actor
  trx: TransactionClientContract
}): Promise<number> {
  const said = {
    workspaceId,
    statement: 'Objected to direct marketing (GDPR art. 21(2)).',
    source: 'privacy request',
    sourceKind: 'team' as const,
    actor,
    trx,
  }
  const { topicIds } = await withdrawAll({ ...said, contactId: contact.id, channel: 'email' })
  await recordTracking({ ...said, people: [contact.id], action: 'withdraw' })
  await suppress({
    workspaceId,
    addresses: contact.emailHash ? [{ hash: contact.emailHash, address: contact.email }] : [],
    reason: 'objection',
    source: 'privacy request',
    actor,
    trx,
  })
  return topicIds.length
}

async function settle(
  request: PrivacyRequest,
  {
    state,
    outcome,
    actor,
    trx,
  }: { state: 'done' | 'refused'; outcome: Record<string, unknown>; actor: Actor; trx: TransactionClientContract }
) {
  const { workspaceId, contactId } = request
  request.useTransaction(trx)
  await request.merge({ state, outcome, settledBy: actor.label, settledAt: DateTime.utc() }).save()
  await audit(`privacy_request.${state}`, {
    workspaceId,
    actor,
    subject: { type: 'contact', id: contactId },
    details: { request_id: String(request.id), kind: request.kind },
    trx,
  })
  await touch(trx, workspaceId, ['privacy_requests', 'contacts', `contacts/${contactId}`])
  return request
}
