import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { audit, type Actor } from '#identity'
import { touch } from '#platform'
import { readContact, type ContactInput } from './contact_input.ts'
import { ContactExists, InvalidContact } from './errors.ts'
import { Contact } from './models/contact.ts'
import { tagContact } from './tags.ts'

export type Origin = 'team' | 'import' | 'api' | 'form' | 'demo'

/**
 * A new person. They are known from now on; consent is another matter, and nothing here grants it.
 *
 * @throws ContactExists (409, with contact_id), InvalidAddress, InvalidContact (422)
 */
export async function createContact({
  workspaceId,
  input,
  origin = 'team',
  actor,
  trx,
}: {
  workspaceId: number
  input: ContactInput
  origin?: Origin
  actor: Actor
  trx: TransactionClientContract
}): Promise<Contact> {
  const { columns, attributes, tags } = await readContact(workspaceId, input, trx)
  if (!Object.values(columns).some((value) => value !== null)) {
    throw new InvalidContact('Give at least an e-mail address, a phone number, a name or an external id.', {
      field: 'email',
    })
  }
  const [row] = await trx
    .knexQuery()
    .table('contacts')
    .insert({ workspace_id: workspaceId, ...columns, attributes: JSON.stringify(attributes.set), origin })
    .onConflict()
    .ignore()
    .returning('id')
  if (!row) throw await whoHas(workspaceId, columns, trx)
  if (tags) await tagContact({ workspaceId, contactId: row.id, names: tags, trx })
  await audit('contact.created', {
    workspaceId,
    actor,
    subject: { type: 'contact', id: row.id },
    details: { origin },
    trx,
  })
  await touch(trx, workspaceId, ['contacts', ...(tags?.length ? ['tags'] : [])])
  return Contact.query({ client: trx }).where({ workspaceId, id: row.id }).firstOrFail()
}

/** The one whose address or external id stands in the way. */
export async function whoHas(
  workspaceId: number,
  { email_key: email, external_id: externalId }: Record<string, unknown>,
  client: Pick<TransactionClientContract, 'from'>
): Promise<ContactExists> {
  const present = () => client.from('contacts').where('workspace_id', workspaceId).whereNull('deleted_at').select('id')
  const byEmail = email
    ? await present()
        .where('email_key', email as string)
        .first()
    : null
  const byId = externalId
    ? await present()
        .where('external_id', externalId as string)
        .first()
    : null
  const other = byEmail ?? byId
  return new ContactExists(
    byEmail || !byId
      ? 'There is a contact with this e-mail address. Open that one, or merge the two.'
      : 'There is a contact with this external id. Open that one, or choose another id.',
    { field: byEmail || !byId ? 'email' : 'external_id', contact_id: other ? String(other.id) : null }
  )
}

const UNIQUE_VIOLATION = '23505'

/** For writes that lose a race for an address: the same answer as for those that came later. */
export const takenBy = (workspaceId: number, columns: Record<string, unknown>) => async (error: any) => {
  throw error?.code === UNIQUE_VIOLATION ? await whoHas(workspaceId, columns, db) : error
}
