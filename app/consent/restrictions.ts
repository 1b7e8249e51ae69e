import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { audit, type Actor } from '#identity'
import { touch } from '#platform'
import { NotRestricted } from './errors.ts'

/**
 * SQL about one person (`id`, `hash`: columns) that holds unless they are restricted, or have an address of somebody who is.
 * Mostly nobody of a workspace is, which the database asks once for all of them. Binds the workspace, the workspace, the
 * channel, the workspace.
 */
export const notRestricted = ({ id, hash }: { id: string; hash: string }) => `
  not exists (select from restrictions ra where ra.workspace_id = ?)
  or (not exists (select from restrictions ro where ro.workspace_id = ? and ro.contact_id = ${id})
    and not exists (select from restrictions rf
      join former_addresses fa on fa.workspace_id = rf.workspace_id and fa.contact_id = rf.contact_id and fa.channel = ?
      where rf.workspace_id = ? and fa.address_hash = ${hash}))`

interface Who {
  workspaceId: number
  contactId: number
}

/**
 * GDPR art. 18: from now on their data is kept and not used. Nothing is sent to them, about no topic and by no channel, until
 * it is lifted. Again is the same.
 */
export async function restrict({
  workspaceId,
  contactId,
  reason,
  actor,
  trx,
}: Who & { reason: string | null; actor: Actor; trx: TransactionClientContract }): Promise<void> {
  const { rowCount } = await trx.rawQuery(
    `insert into restrictions (workspace_id, contact_id, reason, created_by) values (?, ?, ?, ?)
     on conflict (workspace_id, contact_id) do nothing`,
    [workspaceId, contactId, reason, actor.label] as any[]
  )
  if (rowCount === 0) return
  await audit('contact.restricted', { workspaceId, actor, subject: { type: 'contact', id: contactId }, trx })
  await touch(trx, workspaceId, ['contacts', `contacts/${contactId}`, 'consents'])
}

export interface Restriction {
  /** Whose it is: the person themselves, or a former owner of their address. */
  contactId: number
  since: Date
  reason: string | null
  by: string
}

/** What restricts a person, the earliest first; null when nothing does. */
export async function restrictionOf({
  workspaceId,
  contactId,
  emailHash,
  channel = 'email',
  client = db,
}: Who & {
  emailHash: Buffer | null
  channel?: string
  client?: Pick<typeof db, 'rawQuery'> | TransactionClientContract
}): Promise<Restriction | null> {
  const { rows } = await client.rawQuery(`${THEIRS} order by r.created_at limit 1`, [
    workspaceId,
    contactId,
    workspaceId,
    channel,
    emailHash,
  ] as any[])
  if (rows.length === 0) return null
  const [{ contact_id: id, created_at: since, reason, created_by: by }] = rows
  return { contactId: id, since, reason, by }
}

const THEIRS = `select r.* from restrictions r where r.workspace_id = ? and (r.contact_id = ? or r.contact_id in (
  select f.contact_id from former_addresses f where f.workspace_id = ? and f.channel = ? and f.address_hash = ?))`

/**
 * Ends it. The person is told before (art. 18(3)); what they agreed to meanwhile and before counts again. Why stands with
 * their request, because words about a person have no place in the audit.
 *
 * @throws NotRestricted (409)
 */
export async function liftRestriction({
  workspaceId,
  contactId,
  emailHash,
  channel = 'email',
  actor,
  trx,
}: Who & {
  emailHash: Buffer | null
  channel?: string
  actor: Actor
  trx: TransactionClientContract
}): Promise<void> {
  const { rows } = await trx.rawQuery(
    `delete from restrictions where (workspace_id, contact_id) in (select t.workspace_id, t.contact_id from (${THEIRS}) t)
     returning contact_id, created_at`,
    [workspaceId, contactId, workspaceId, channel, emailHash] as any[]
  )
  if (rows.length === 0) throw new NotRestricted('Their data is not restricted (any more).')
  for (const { contact_id: id, created_at: since } of rows) {
    await audit('contact.restriction_lifted', {
      workspaceId,
      actor,
      subject: { type: 'contact', id },
      details: { since },
      trx,
    })
  }
  await touch(trx, workspaceId, ['contacts', `contacts/${contactId}`, 'consents'])
}

/** When one record becomes another: who is restricted stays so, under the name of the survivor. */
export async function passOnRestriction({
  workspaceId,
  from,
  to,
  trx,
}: {
  workspaceId: number
  from: number
  to: number
  trx: TransactionClientContract
}): Promise<void> {
  await trx.rawQuery(
    `insert into restrictions (workspace_id, contact_id, reason, created_by, created_at)
     select workspace_id, ?::bigint, reason, created_by, created_at from restrictions where workspace_id = ? and contact_id = ?
     on conflict (workspace_id, contact_id) do nothing`,
    [to, workspaceId, from]
  )
}
