import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { addressKey } from '#consent'
import type { Actor } from '#identity'
import type { ContactInput } from './contact_input.ts'
import { createContact, type Origin } from './create_contact.ts'
import { ContactExists, InvalidContact } from './errors.ts'
import { Contact } from './models/contact.ts'
import { updateContact } from './update_contact.ts'

/** The person with this address, made or changed. Attributes merge (null removes), tags are added. */
export async function upsertContact({
  workspaceId,
  email,
  input,
  origin = 'api',
  actor,
  trx,
}: {
  workspaceId: number
  email: string
  input: ContactInput
  origin?: Origin
  actor: Actor
  trx: TransactionClientContract
}): Promise<{ contact: Contact; isNew: boolean }> {
  const key = addressKey(email)
  if (input.email !== undefined && (input.email === null || addressKey(input.email) !== key)) {
    throw new InvalidContact('The address in the body is another one. Change an address with PATCH /contacts/:id.', {
      field: 'email',
    })
  }
  const there = () =>
    Contact.query({ client: trx }).where({ workspaceId, emailKey: key }).whereNull('deletedAt').first()
  const change = async (contact: Contact) => ({
    contact: await updateContact({ workspaceId, contact, input, tags: 'add', actor, trx }),
    isNew: false,
  })

  const known = await there()
  if (known) return change(known)
  try {
    const contact = await createContact({
      workspaceId,
      input: { ...input, email: input.email ?? email },
      origin,
      actor,
      trx,
    })
    return { contact, isNew: true }
  } catch (error) {
    if (!(error instanceof ContactExists)) throw error
    const other = await there()
    if (!other) throw error
    return change(other)
  }
}
