import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { honourWithdrawals, rememberAddresses } from '#consent'
import { audit, type Actor } from '#identity'
import { touch } from '#platform'
import { takenBy, whoHas } from './create_contact.ts'
import { ContactGone } from './errors.ts'
import { takeBackUndone } from './imports/take_back_agreements.ts'
import { Contact } from './models/contact.ts'
import { theContact } from './people_where.ts'

interface Change {
  workspaceId: number
  contact: Contact
  actor: Actor
  trx: TransactionClientContract
}

/**
 * Takes a person out of sight and out of every audience. Their history stays, their address may come in again as a new
 * contact (which knows no consent), and what the address withdrew stays with it.
 */
export async function deleteContact({ workspaceId, contact, actor, trx }: Change) {
  await trx
    .from('contacts')
    .where({ workspace_id: workspaceId, id: contact.id })
    .update({ deleted_at: new Date(), updated_at: new Date() })
  if (contact.emailHash) {
    await rememberAddresses({ workspaceId, people: [{ contactId: contact.id, addressHash: contact.emailHash }], trx })
  }
  await audit('contact.deleted', { workspaceId, actor, subject: { type: 'contact', id: contact.id }, trx })
  await touch(trx, workspaceId, ['contacts', `contacts/${contact.id}`, 'topics', 'tags'])
}

/**
 * Takes a deletion back, as long as nobody else has the address.
 *
 * @throws ContactGone (409) when they were erased or merged, ContactExists (409) when the address has a new contact
 */
export async function restoreContact({ workspaceId, contact, actor, trx }: Change): Promise<Contact> {
  if (contact.erasedAt) throw new ContactGone('This person was erased for good. There is nothing left to restore.')
  if (contact.mergedInto) {
    throw new ContactGone('This contact was merged into another one.', { contact_id: String(contact.mergedInto) })
  }
  const columns = { email_key: contact.emailKey, external_id: contact.externalId }
  const { rowCount } = await trx
    .rawQuery(
      `update contacts c set deleted_at = null, updated_at = now()
     where c.workspace_id = ? and c.id = ? and not exists (
       select from contacts o where o.workspace_id = c.workspace_id and o.deleted_at is null and o.id <> c.id
         and (o.email_key = c.email_key or o.external_id = c.external_id))`,
      [workspaceId, contact.id]
    )
    .catch(takenBy(workspaceId, columns))
  if (!rowCount) throw await whoHas(workspaceId, columns, trx)
  const people = theContact(workspaceId, contact.id)
  await honourWithdrawals({ workspaceId, people, actor, trx })
  await takeBackUndone({ workspaceId, people, actor, trx })
  await audit('contact.restored', { workspaceId, actor, subject: { type: 'contact', id: contact.id }, trx })
  await touch(trx, workspaceId, ['contacts', `contacts/${contact.id}`, 'topics', 'tags'])
  return Contact.query({ client: trx }).where({ workspaceId, id: contact.id }).firstOrFail()
}
