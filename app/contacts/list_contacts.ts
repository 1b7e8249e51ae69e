import type { HttpContext } from '@adonisjs/core/http'
import { cleanLine, keysetPage, Problem, type Page, type SortKey, type SqlPiece } from '#platform'
import { contactsJson, type ContactJson } from './contact_json.ts'
import { Contact } from './models/contact.ts'
import { Tag } from './models/tag.ts'

/** Which contacts: every part narrows. `where` is a boolean expression over `c`, of ours (a segment's compiled rule). */
export interface ContactFilter {
  q?: string
  tag?: string
  ids?: number[]
  where?: SqlPiece
}

/** The expression of the trigram index contacts_search. */
const SEARCHED = `(coalesce(c.email_key, '') || ' ' || lower(coalesce(c.first_name, '') || ' ' || coalesce(c.last_name, '')))`
const NAME = `lower(coalesce(c.first_name, '') || ' ' || coalesce(c.last_name, '')) collate "C"`

/**
 * The filter as a boolean expression over `c`. The tag is looked up first: with its id in hand, PostgreSQL knows whether
 * it is worn by ten people or by everybody, and begins on the right side.
 */
export async function contactsMatching(workspaceId: number, { q, tag, ids, where }: ContactFilter): Promise<SqlPiece> {
  const parts: SqlPiece[] = []
  if (ids) parts.push({ sql: 'c.id = any(?::bigint[])', bindings: [ids] })
  for (const word of words(q)) {
    parts.push({ sql: `${SEARCHED} like ?`, bindings: [`%${word.replace(/[\\%_]/g, '\\$&')}%`] })
  }
  if (tag !== undefined) {
    const found = await Tag.of({ id: workspaceId }).where('name_key', cleanLine(tag).toLowerCase()).first()
    parts.push({
      sql: 'exists (select from contact_tags ct where ct.workspace_id = ? and ct.tag_id = ? and ct.contact_id = c.id)',
      bindings: [workspaceId, found?.id ?? 0],
    })
  }
  if (where) parts.push({ sql: `(${where.sql})`, bindings: where.bindings })
  return {
    sql: parts.map(({ sql }) => sql).join(' and ') || 'true',
    bindings: parts.flatMap(({ bindings }) => bindings),
  }
}

/** What was typed, as words that must all occur: "ada bake" finds ada@bakery.test. */
const words = (q = '') => cleanLine(q).toLowerCase().slice(0, 200).split(/\s+/).filter(Boolean).slice(0, 8)

class UnknownSort extends Problem {
  static status = 400
  static code = 'E_BAD_SORT'
}

const sorts: Record<string, Omit<SortKey, 'direction'>> = {
  created_at: { column: 'c.created_at', value: (contact: Contact) => contact.$extras.created_key },
  email: { column: `coalesce(c.email_key, '')`, value: (contact: Contact) => contact.emailKey ?? '' },
  name: { column: NAME, value: (contact: Contact) => contact.$extras.name_key },
}

/** `sort=name`, `sort=-created_at` (newest first, the default). */
function contactSort(sort: unknown = '-created_at'): SortKey[] {
  const direction = String(sort).startsWith('-') ? 'desc' : 'asc'
  const key = sorts[String(sort).replace(/^-/, '')]
  if (!key) {
    throw new UnknownSort(
      `sort must be one of ${Object.keys(sorts).join(', ')}, with a minus in front for the other direction.`,
      { field: 'sort' }
    )
  }
  return [
    { ...key, direction },
    { column: 'c.id', direction, value: (contact: Contact) => contact.id },
  ]
}

/** One page of contacts as JSON. The answer to `GET /contacts` and to whatever else lists people. */
export async function listContacts({
  workspaceId,
  filter,
  sort,
  page,
}: {
  workspaceId: number
  filter: ContactFilter
  sort?: unknown
  page: { limit: number; cursor?: string; count?: boolean }
}): Promise<Page<ContactJson>> {
  const where = await contactsMatching(workspaceId, filter)
  const query = Contact.query()
    .from('contacts as c')
    .where('c.workspace_id', workspaceId)
    .whereNull('c.deleted_at')
    .whereRaw(where.sql, where.bindings as any[])
    .select('c.*')
    .select(Contact.query().client.raw(`c.created_at::text as created_key, ${NAME} as name_key`) as any)
  const { data, ...rest } = await keysetPage(query, {
    ...page,
    sort: contactSort(sort),
    toJson: (contact: Contact) => contact,
  })
  return { data: await contactsJson(workspaceId, data), ...rest }
}

/** `q`, `tag` and `ids` (`12,15`: those whom the caller knows by id only) as a request gives them. */
export const contactFilter = ({ request }: Pick<HttpContext, 'request'>): ContactFilter => ({
  q: text(request.input('q')),
  tag: text(request.input('tag')),
  ids: text(request.input('ids'))
    ?.split(',')
    .filter((id) => /^\d{1,15}$/.test(id))
    .slice(0, 1_000)
    .map(Number),
})

const text = (value: unknown) => (value === undefined || value === null || value === '' ? undefined : String(value))
