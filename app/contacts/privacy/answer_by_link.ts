import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Actor } from '#identity'
import { Contact } from '../models/contact.ts'
import { PrivacyRequest } from '../models/privacy_request.ts'
import { fulfilRequest } from './settle_request.ts'

export interface LinkedRequest {
  request: PrivacyRequest
  /** Who has the address now, else who was deleted with it last; null: nobody (erased, another address). */
  contact: Contact | null
  /** The mail's link works: it is not too old, and the address is still somebody's. */
  isUsable: boolean
}

interface Asked {
  workspaceId: number
  requestId: number
}

/** What the link in a mail stands for, or null. Changes nothing. */
export async function requestOfLink(
  { workspaceId, requestId }: Asked,
  client: QueryClientContract
): Promise<LinkedRequest | null> {
  const request = await PrivacyRequest.query({ client }).where({ workspaceId, id: requestId }).first()
  if (!request?.addressHash) return null
  const contact = await Contact.query({ client })
    .where({ workspaceId, emailHash: request.addressHash })
    .whereNull('erasedAt')
    .orderByRaw('deleted_at is not null, id desc')
    .first()
  const isLate = request.confirmUntil!.toMillis() <= Date.now()
  return { request, contact, isUsable: contact !== null && !isLate && request.state !== 'refused' }
}

/**
 * Who reads the address's mail says that they asked: it is done at once. The link proves the address, so the record is that of
 * whoever has it today, and so is the actor. Again, while the link works, is the same.
 *
 * @returns null when the link does not work (any more)
 */
export async function confirmByLink({
  actor,
  trx,
  ...asked
}: Asked & { actor: Actor; trx: TransactionClientContract }): Promise<LinkedRequest | null> {
  await trx.from('privacy_requests').where({ workspace_id: asked.workspaceId, id: asked.requestId }).forUpdate().first()
  const linked = await requestOfLink(asked, trx)
  if (!linked?.isUsable) return null
  const { request, contact } = linked
  if (!request.isOpen) return linked
  const own = request.kind === 'erasure' ? fromNowhere(actor, contact!) : { ...actor, id: contact!.id }
  await request.merge({ contactId: contact!.id }).save()
  return { ...linked, request: await fulfilRequest({ ...asked, actor: own, trx }) }
}

/** What is written down about an erasure must not keep from where it was asked for. */
const fromNowhere = (actor: Actor, { id }: Contact): Actor => ({ ...actor, id, ip: null, userAgent: null })
