import encryption from '@adonisjs/core/services/encryption'
import db from '@adonisjs/lucid/services/db'
import type { DomainEvent } from '#platform'

/** `contact.erased`: the Outbox keeps that something was sent to somebody, not to whom or what it said. */
export async function forgetCaptured({ workspaceId, payload }: Pick<DomainEvent, 'workspaceId' | 'payload'>) {
  await db
    .from('captured_messages')
    .where({ workspace_id: workspaceId, contact_id: payload.contact_id })
    .update(nothing)
}

/** `address.erased`: the same for mails that were sent to the address and not to a contact. */
export async function forgetCapturedAddress({ workspaceId, payload }: Pick<DomainEvent, 'workspaceId' | 'payload'>) {
  const address = encryption.decrypt<string>(payload.address, 'address.erased')
  if (address === null) return
  await db
    .from('captured_messages')
    .where('workspace_id', workspaceId)
    .whereRaw('(lower(to_address) = ? or position(? in lower(to_address)) > 0)', [address, `<${address}>`])
    .update(nothing)
}

const nothing = { to_address: 'erased', subject: 'erased', html: null, text: null, headers: '{}' }
