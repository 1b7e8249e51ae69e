import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import {
  honourWithdrawals,
  passOnRestriction,
  passOnRests,
  passOnWishes,
  recordConsent,
  rememberAddresses,
} from '#consent'
import { audit, type Actor } from '#identity'
import { touch } from '#platform'
import { ContactGone, InvalidContact } from './errors.ts'
import { Contact } from './models/contact.ts'
import { theContact } from './people_where.ts'

/**
 * Two records, one person. The survivor keeps its facts and takes those that it lacks; the other one goes, its ledger
 * stays where it is. Merging never grants: a withdrawal on either side holds, and an address that comes over brings
 * only the agreements that were given for it too.
 */
export async function mergeContacts({
  workspaceId,
  contact,
  into,
  actor,
  trx,
}: {
  workspaceId: number
  contact: Contact
  into: Contact
  actor: Actor
  trx: TransactionClientContract
}): Promise<Contact> {
  if (contact.id === into.id) throw new InvalidContact('Choose another contact to merge into.', { field: 'into' })
  const rows = await trx
    .from('contacts')
    .where('workspace_id', workspaceId)
    .whereIn('id', [contact.id, into.id])
    .whereNull('deleted_at')
    .orderBy('id')
    .forUpdate()
  const [gone, survivor] = [contact, into].map(({ id }) => rows.find((row) => row.id === id))
  if (!gone || !survivor) throw new ContactGone('One of the two was deleted or merged meanwhile. Reload the page.')
  if (gone.demo !== survivor.demo) {
    throw new InvalidContact('One of the two is invented. Merging would mix what nobody said with what somebody did.', {
      field: 'into',
    })
  }

  await trx
    .from('contacts')
    .where({ workspace_id: workspaceId, id: gone.id })
    .update({ deleted_at: db.raw('now()'), merged_into: survivor.id })
  if (gone.email_hash) {
    await rememberAddresses({ workspaceId, people: [{ contactId: gone.id, addressHash: gone.email_hash }], trx })
  }
  const adopted = await takeWhatIsMissing(workspaceId, gone, survivor, trx)
  const adoptsAddress = adopted.includes('email_key')
  await keepTheStricter({ workspaceId, gone, survivor, adoptsAddress, actor, trx })
  await honourWithdrawals({ workspaceId, people: theContact(workspaceId, survivor.id), actor, trx })
  await passOnWishes({ workspaceId, from: gone.id, to: survivor.id, trx })
  if (adoptsAddress) await passOnRests({ workspaceId, from: gone.id, to: survivor.id, trx })
  await passOnRestriction({ workspaceId, from: gone.id, to: survivor.id, trx })
  await audit('contact.merged', {
    workspaceId,
    actor,
    subject: { type: 'contact', id: survivor.id },
    details: { merged: String(gone.id), filled: adopted },
    trx,
  })
  await touch(trx, workspaceId, ['contacts', `contacts/${survivor.id}`, `contacts/${gone.id}`, 'tags', 'topics'])
  return Contact.query({ client: trx }).where({ workspaceId, id: survivor.id }).firstOrFail()
}

/** Columns that the survivor lacks, attributes and tags. */
async function takeWhatIsMissing(workspaceId: number, gone: any, survivor: any, trx: TransactionClientContract) {
  const address = survivor.email_key === null ? ['email', 'email_key', 'email_hash'] : []
  const others = ['phone', 'external_id', 'first_name', 'last_name', 'locale', 'timezone']
  const missing = [...address, ...others.filter((name) => survivor[name] === null)].filter(
    (name) => gone[name] !== null
  )
  await trx
    .from('contacts')
    .where({ workspace_id: workspaceId, id: survivor.id })
    .update({
      ...Object.fromEntries(missing.map((name) => [name, gone[name]])),
      attributes: JSON.stringify({ ...gone.attributes, ...survivor.attributes }),
      updated_at: db.raw('now()'),
    })
  await trx.rawQuery(
    `insert into contact_tags (workspace_id, tag_id, contact_id)
     select workspace_id, tag_id, ? from contact_tags where workspace_id = ? and contact_id = ?
     on conflict do nothing`,
    [survivor.id, workspaceId, gone.id]
  )
  return missing
}

/** Topics that the survivor must leave: those the other one left, and with an adopted address those it never agreed to. */
async function keepTheStricter({
  workspaceId,
  gone,
  survivor,
  adoptsAddress,
  actor,
  trx,
}: {
  workspaceId: number
  gone: { id: number }
  survivor: { id: number }
  adoptsAddress: boolean
  actor: Actor
  trx: TransactionClientContract
}) {
  const { rows } = await trx.rawQuery(
    `select topic_id, channel, coalesce(mine.basis, theirs.basis) as basis
     from (select * from consents where workspace_id = ? and contact_id = ?) mine
     full join (select * from consents where workspace_id = ? and contact_id = ?) theirs using (topic_id, channel)
     where mine.status is distinct from 'withdrawn'
       and (theirs.status = 'withdrawn'
            or (? and mine.status is not null and (theirs.status = 'granted' and theirs.basis <> 'unknown'
              and (theirs.expires_at is null or theirs.expires_at > now())) is not true))
     order by topic_id`,
    [workspaceId, survivor.id, workspaceId, gone.id, adoptsAddress]
  )
  for (const { topic_id: topicId, channel, basis } of rows) {
    await recordConsent({
      workspaceId,
      people: [survivor.id],
      channel,
      topicId,
      action: 'withdraw',
      basis,
      statement: 'Merged with a record that did not agree to this topic. The stricter one holds.',
      source: 'merging two contacts',
      sourceKind: 'merge',
      sourceRef: `contact:${gone.id}`,
      actor,
      trx,
    })
  }
}
