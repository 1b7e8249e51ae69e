import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { honourWithdrawals, rememberAddresses } from '#consent'
import { audit, type Actor } from '#identity'
import { touch } from '#platform'
import { readContact, type ContactInput } from './contact_input.ts'
import { takenBy } from './create_contact.ts'
import { ContactGone, InvalidContact } from './errors.ts'
import { Contact } from './models/contact.ts'
import { theContact } from './people_where.ts'
import { tagContact } from './tags.ts'

/**
 * Changes what we know of a person. Attributes merge, null removes; tags replace the ones there are, or join them
 * (`tags: 'add'`). With another address goes what the old one withdrew, and comes what the new one did (#consent).
 *
 * @throws ContactExists (409, with contact_id), ContactGone (409), InvalidAddress, InvalidContact (422)
 */
export async function updateContact({
  workspaceId,
  contact,
  input,
  tags: tagging = 'replace',
  actor,
  trx,
}: {
  workspaceId: number
  contact: Contact
  input: ContactInput
  tags?: 'replace' | 'add'
  actor: Actor
  trx: TransactionClientContract
}): Promise<Contact> {
  const { columns, attributes, tags } = await readContact(workspaceId, input, trx)
  const row = { workspace_id: workspaceId, id: contact.id }
  const before = await trx.from('contacts').where(row).forUpdate().firstOrFail()
  if (before.erased_at) throw new ContactGone('This person was erased meanwhile. There is nothing left to change.')
  refuseNobody({ ...before, ...columns })
  const movesAddress = 'email_key' in columns && columns.email_key !== before.email_key
  if (movesAddress) refuseInvented(before)
  if (movesAddress && before.email_hash) {
    const left = { contactId: contact.id, addressHash: before.email_hash, address: before.email_key }
    await rememberAddresses({ workspaceId, people: [left], trx })
  }
  await trx
    .from('contacts')
    .where(row)
    .update({
      ...columns,
      attributes: db.raw('(attributes || ?::jsonb) - ?::text[]', [
        JSON.stringify(attributes.set),
        attributes.remove as any,
      ]),
      updated_at: db.raw('now()'),
    })
    .catch(takenBy(workspaceId, columns))
  const person = theContact(workspaceId, contact.id)
  if (movesAddress) await honourWithdrawals({ workspaceId, people: person, stranger: true, actor, trx })
  if (tags) await tagContact({ workspaceId, contactId: contact.id, names: tags, only: tagging === 'replace', trx })
  await audit('contact.updated', {
    workspaceId,
    actor,
    subject: { type: 'contact', id: contact.id },
    details: { changed: Object.keys(input).filter((key) => input[key as keyof ContactInput] !== undefined) },
    trx,
  })
  await touch(trx, workspaceId, ['contacts', `contacts/${contact.id}`, ...(tags ? ['tags'] : [])])
  return Contact.query({ client: trx }).where({ workspaceId, id: contact.id }).firstOrFail()
}

/** An address of somebody real must not inherit what nobody said. */
function refuseInvented({ demo }: { demo: boolean }) {
  if (!demo) return
  throw new InvalidContact(
    'This person is invented, and so is what they agreed to. Add a contact of your own instead.',
    {
      field: 'email',
    }
  )
}

function refuseNobody(row: Record<string, unknown>) {
  const known = ['email', 'phone', 'external_id', 'first_name', 'last_name'].some((name) => row[name] !== null)
  if (!known) throw new InvalidContact('Leave at least an address, a phone number, a name or an external id.')
}
