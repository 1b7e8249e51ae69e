import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { eraseLedger, rememberAddresses, suppress, withdrawAll } from '#consent'
import { audit, type Actor } from '#identity'
import { announce, touch } from '#platform'
import { ContactGone } from './errors.ts'
import type { Contact } from './models/contact.ts'

/**
 * GDPR art. 17. What identifies the person goes: from their record, from the rows that their imports kept, from the
 * ledger's personal columns; modules below hear `contact.erased` and clear their own copies. What stays: that somebody
 * agreed and left, every number, and the keyed hash of the address among the suppressions, so that no import, form or
 * program makes the address mailable again by itself.
 *
 * Not to be undone.
 */
export async function eraseContact({
  workspaceId,
  contact,
  actor,
  trx,
}: {
  workspaceId: number
  contact: Contact
  actor: Actor
  trx: TransactionClientContract
}) {
  if (contact.erasedAt) throw new ContactGone('This person is erased already.')
  const contactId = contact.id
  if (contact.emailHash) {
    const hash = contact.emailHash
    await suppress({ workspaceId, addresses: [{ hash }], reason: 'erased', source: 'erasure', actor, trx })
    await rememberAddresses({ workspaceId, people: [{ contactId, addressHash: hash }], trx })
  }
  await withdrawAll({
    workspaceId,
    contactId,
    channel: 'email',
    statement: 'Erased at their request (GDPR art. 17).',
    source: 'erasure',
    sourceKind: 'team',
    actor,
    trx,
  })
  await eraseLedger({ workspaceId, contactId, trx })
  await clearTheRecord(workspaceId, contactId, trx)
  await audit('contact.erased', { workspaceId, actor, subject: { type: 'contact', id: contactId }, trx })
  await announce('contact.erased', { workspaceId, payload: { contact_id: contactId }, trx })
  await touch(trx, workspaceId, ['contacts', `contacts/${contactId}`, 'suppressions', 'topics', 'tags'])
}

async function clearTheRecord(workspaceId: number, contactId: number, trx: TransactionClientContract) {
  await trx.rawQuery(
    `update contacts set email = null, email_key = null, email_hash = null, phone = null, external_id = null,
       first_name = null, last_name = null, locale = null, timezone = null, attributes = '{}',
       updated_at = now(), deleted_at = coalesce(deleted_at, now()), erased_at = now()
     where workspace_id = ? and id = ?`,
    [workspaceId, contactId]
  )
  await trx.from('contact_tags').where({ workspace_id: workspaceId, contact_id: contactId }).delete()
  await trx
    .from('import_rows')
    .where({ workspace_id: workspaceId, contact_id: contactId })
    .update({ raw: null, before: null, after: null })
}
