import { createContact } from '#contacts'
import { theSystem, type Workspace } from '#identity'
import db from '@adonisjs/lucid/services/db'

/** Plants a person by SQL, for tests of what only reads people. */
export async function plantPerson(
  workspaceId: number,
  {
    name,
    tags = [],
    attributes = {},
    ...columns
  }: { name: string; tags?: string[]; attributes?: Record<string, unknown>; [column: string]: unknown }
): Promise<number> {
  const email = `${name.toLowerCase()}@example.test`
  const [{ id }] = await db
    .table('contacts')
    .insert({
      workspace_id: workspaceId,
      first_name: name,
      email,
      email_key: email,
      attributes: JSON.stringify(attributes),
      ...columns,
    })
    .returning('id')
  for (const tag of tags) {
    await db.rawQuery(
      `with tag as (insert into tags (workspace_id, name, name_key) values (?, ?, lower(?))
         on conflict (workspace_id, name_key) do update set name_key = excluded.name_key returning id)
       insert into contact_tags (workspace_id, tag_id, contact_id) select ?, id, ? from tag`,
      [workspaceId, tag, tag, workspaceId, id]
    )
  }
  return id
}

export async function plantSegment(workspaceId: number, name: string, rule: unknown): Promise<string> {
  const [{ id }] = await db
    .table('segments')
    .insert({ workspace_id: workspaceId, name, rule: JSON.stringify(rule) })
    .returning('id')
  return String(id)
}

/** Somebody whom the team added. */
export const known = (workspace: Workspace, input: { email: string; first_name?: string; tags?: string[] }) =>
  db.transaction((trx) => createContact({ workspaceId: workspace.id, input, actor: theSystem, trx }))
