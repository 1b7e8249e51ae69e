import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { Contact } from './models/contact.ts'

/** A contact as API.md shows it. */
export const contactJson = (contact: Contact, tags: string[]) => ({
  id: String(contact.id),
  email: contact.email,
  phone: contact.phone,
  external_id: contact.externalId,
  first_name: contact.firstName,
  last_name: contact.lastName,
  locale: contact.locale,
  timezone: contact.timezone,
  attributes: contact.attributes as Record<string, unknown>,
  tags,
  created_at: contact.createdAt.toUTC().toISO()!,
  updated_at: contact.updatedAt.toUTC().toISO()!,
})
export type ContactJson = ReturnType<typeof contactJson>

/** Many of one workspace, with their tags in one query. */
export async function contactsJson(
  workspaceId: number,
  contacts: Contact[],
  client: QueryClientContract = db.connection()
): Promise<ContactJson[]> {
  const tags = await tagsOf(
    workspaceId,
    contacts.map(({ id }) => id),
    client
  )
  return contacts.map((contact) => contactJson(contact, tags.get(contact.id) ?? []))
}

/** Names of the tags of each contact, in alphabetical order. */
export async function tagsOf(workspaceId: number, contactIds: number[], client: QueryClientContract = db.connection()) {
  const { rows } = await client.rawQuery(
    `select ct.contact_id, array_agg(t.name order by t.name_key) as names
     from contact_tags ct join tags t on t.workspace_id = ct.workspace_id and t.id = ct.tag_id
     where ct.workspace_id = ? and ct.contact_id = any(?)
     group by ct.contact_id`,
    [workspaceId, contactIds] as any[]
  )
  return new Map<number, string[]>(rows.map(({ contact_id: id, names }: any) => [id, names]))
}
