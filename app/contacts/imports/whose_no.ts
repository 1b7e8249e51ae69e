import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { piece, type SqlPiece } from '#platform'
import type { ImportedFile } from './read_lots.ts'
import { isHeard, isSaidByStranger } from './strangers.ts'

/**
 * Who is meant by the rows of a lot that say no, and does not stand at a no already. By the address (or the external id), in
 * a row that is refused, too; and by an address that nobody had when the file came: who had it before, and is here with another
 * address or merged with somebody, as far as they agreed to something.
 *
 * @param says SQL over s: that it is this no
 */
export function whoseNo(
  { workspaceId, id }: ImportedFile,
  { says, channel, topicId }: { says: string; channel: string; topicId: number }
): SqlPiece {
  const standing = (contact: string) => `left join lateral (select status from consents k where k.workspace_id = ?
    and k.contact_id = ${contact} and k.channel = ? and k.topic_id = ? offset 0) k on true`
  return piece({
    sql: `select s.contact_id from import_staging s ${standing('s.contact_id')}
      where ${says} and ${isHeard} and (k.status = 'withdrawn') is not true
        and not (${isSaidByStranger})
      union all
      select heir.id from import_staging s
      cross join lateral (
        select contact_id from former_addresses f
        where f.workspace_id = ? and f.channel = 'email' and f.address_hash = s.email_hash offset 0) f
      cross join lateral (
        with recursive heir as (
          select c.id, c.merged_into, c.deleted_at, 0 as step from contacts c where c.workspace_id = ? and c.id = f.contact_id
          union all
          select c.id, c.merged_into, c.deleted_at, h.step + 1 from heir h
          join contacts c on c.workspace_id = ? and c.id = h.merged_into where h.step < 20)
        select id from heir where deleted_at is null) heir
      ${standing('heir.id')}
      where ${says} and s.fate <> 'duplicate' and k.status in ('granted', 'pending')
        and (not s.is_known or exists (
          select from contacts c where c.workspace_id = ? and c.id = s.contact_id and c.import_id = ?))`,
    bindings: [
      ...[workspaceId, channel, topicId, workspaceId, channel, topicId],
      ...[workspaceId, workspaceId, workspaceId, workspaceId, channel, topicId, workspaceId, id],
    ],
  })
}

/**
 * Until this transaction ends nobody is merged, deleted or given another address who says no here: that would take their no for
 * somebody else's.
 *
 * @returns how many are gone since they were recognised
 */
export async function holdWhoSaysNo({ workspaceId }: ImportedFile, trx: TransactionClientContract): Promise<number> {
  const { rows } = await trx.rawQuery(
    `select count(*) as gone from (
       select c.deleted_at, c.email_key, s.email_key as named from import_staging s cross join lateral (
         select deleted_at, email_key from contacts c where c.workspace_id = ? and c.id = s.contact_id for no key update) c
       where s.is_known and (false = any(s.answers) or s.may_measure is false)) held
     where deleted_at is not null or (named is not null and email_key is distinct from named)`,
    [workspaceId]
  )
  return rows[0].gone
}
