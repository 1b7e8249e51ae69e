import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { cleanLine } from '#platform'
import { InvalidContact } from './errors.ts'

const LONGEST_NAME = 60

/** A tag's name as shown, and as compared. */
export function tagNames(names: string[]): { name: string; key: string }[] {
  const tags = new Map<string, string>()
  for (const given of names) {
    const name = cleanLine(given).replace(/\s+/g, ' ')
    if (name.length > LONGEST_NAME) {
      throw new InvalidContact(`A tag may have at most ${LONGEST_NAME} characters.`, { field: 'tags' })
    }
    if (name && !tags.has(name.toLowerCase())) tags.set(name.toLowerCase(), name)
  }
  return [...tags].map(([key, name]) => ({ key, name }))
}

/** The ids of tags by name; those that are missing are made. */
export async function tagIds(workspaceId: number, names: string[], trx: TransactionClientContract): Promise<number[]> {
  const tags = tagNames(names).toSorted((a, b) => (a.key < b.key ? -1 : 1))
  if (tags.length === 0) return []
  const keys = tags.map(({ key }) => key)
  await trx.rawQuery(
    `insert into tags (workspace_id, name, name_key)
     select ?::bigint, name, key from unnest(?::text[], ?::text[]) as t (name, key)
     on conflict (workspace_id, name_key) do nothing`,
    [workspaceId, tags.map(({ name }) => name), keys] as any[]
  )
  const rows = await trx.from('tags').where('workspace_id', workspaceId).whereIn('name_key', keys).select('id')
  return rows.map(({ id }) => id)
}

/** Gives one contact tags by name; with `only`, takes all others away. */
export async function tagContact({
  workspaceId,
  contactId,
  names,
  only = false,
  trx,
}: {
  workspaceId: number
  contactId: number
  names: string[]
  only?: boolean
  trx: TransactionClientContract
}) {
  const ids = await tagIds(workspaceId, names, trx)
  if (only) {
    await trx.rawQuery(`delete from contact_tags where workspace_id = ? and contact_id = ? and tag_id <> all(?)`, [
      workspaceId,
      contactId,
      ids,
    ] as any[])
  }
  await trx.rawQuery(
    `insert into contact_tags (workspace_id, tag_id, contact_id) select ?::bigint, unnest(?::bigint[]), ?::bigint
     on conflict do nothing`,
    [workspaceId, ids, contactId] as any[]
  )
}
