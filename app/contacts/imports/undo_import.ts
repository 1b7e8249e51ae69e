import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { rememberAddresses, TRACKING } from '#consent'
import { audit, type Actor } from '#identity'
import { touch } from '#platform'
import { type Import } from '../models/import.ts'
import { ImportState } from './errors.ts'
import { textColumns } from './read_person.ts'
import { takeBack } from './take_back_agreements.ts'

/**
 * Takes an import back as far as nobody built on it: people it brought are deleted unless somebody touched them since;
 * fields go back to what they were where they still say what the file said; tags it gave are taken away. Agreement that
 * only the import vouched for ends: such people are asked anew. What people said themselves, a withdrawal above all, stays.
 *
 * @throws ImportState (409) unless the import is done or failed, and what it changed is still kept
 */
export async function undoImport({
  file,
  actor,
}: {
  file: Import
  actor: Actor
}): Promise<{ removed: number; reverted: number; kept: number }> {
  const { workspaceId, id } = file
  return db.transaction(async (trx) => {
    const { rows } = await trx.rawQuery(
      `update imports set status = 'undone', updated_at = now()
       where workspace_id = ? and id = ? and status in ('done', 'failed') and settled_at is null returning 1`,
      [workspaceId, id]
    )
    if (rows.length === 0) throw cannotBeUndone(file)
    const reverted = await revertFields(workspaceId, id, trx)
    await takeTagsBack(workspaceId, id, trx)
    const removed = await removePeople(workspaceId, id, trx)
    await endAgreements(file, actor, trx)
    const { rows: left } = await trx.rawQuery(
      'select count(*) as kept from contacts where workspace_id = ? and import_id = ? and deleted_at is null',
      [workspaceId, id]
    )
    await trx.from('import_pieces').where({ workspace_id: workspaceId, import_id: id }).delete()
    const answer = { removed, reverted, kept: left[0].kept as number }
    await audit('import.undone', { workspaceId, actor, subject: { type: 'import', id }, details: answer, trx })
    await touch(trx, workspaceId, ['imports', `imports/${id}`, 'contacts', 'tags', 'segments'])
    return answer
  })
}

const cannotBeUndone = ({ status, settledAt }: Import) =>
  new ImportState(
    settledAt
      ? 'What this import changed is not kept any more (Settings, Privacy), so it cannot be undone.'
      : `This import is ${status}; only one that is done or failed can be undone.`
  )

/** A person whom several rows changed goes back row by row, the last one first. */
async function revertFields(workspaceId: number, importId: number, trx: TransactionClientContract): Promise<number> {
  const back = textColumns.map(
    (column) =>
      `${column} = case when jsonb_exists(r.after, '${column}') and c.${column} = r.after->>'${column}' then r.before->>'${column}' else c.${column} end`
  )
  const { rows } = await trx.rawQuery(
    `select count(distinct contact_id) as people, coalesce(max(n), 0) as most from (
       select contact_id, row_number() over (partition by contact_id) as n
       from import_rows where workspace_id = ? and import_id = ? and outcome = 'changed') x`,
    [workspaceId, importId]
  )
  for (let round = 1; round <= rows[0].most; round++) {
    await trx.rawQuery(
      `with r as (
         select contact_id, before, after from (
           select *, row_number() over (partition by contact_id order by line desc) as n
           from import_rows where workspace_id = :workspaceId and import_id = :importId and outcome = 'changed') x
         where n = :round)
       update contacts c set ${back.join(', ')}, attributes = (
           select coalesce(jsonb_object_agg(key, value), '{}') from (
             select key, case when e.value = r.after->'attributes'->key then r.before->'attributes'->key else e.value end as value
             from jsonb_each(c.attributes) e) x
           where value is not null),
         updated_at = now()
       from r where c.workspace_id = :workspaceId and c.id = r.contact_id and c.deleted_at is null`,
      { workspaceId, importId, round }
    )
  }
  return rows[0].people
}

async function takeTagsBack(workspaceId: number, importId: number, trx: TransactionClientContract) {
  await trx.rawQuery(
    `delete from contact_tags ct using (
       select r.contact_id, jsonb_array_elements_text(r.after->'tag_ids')::bigint as tag_id from import_rows r
       where r.workspace_id = ? and r.import_id = ? and r.outcome = 'changed') given
     where ct.workspace_id = ? and ct.contact_id = given.contact_id and ct.tag_id = given.tag_id`,
    [workspaceId, importId, workspaceId]
  )
}

/** Touched: changed, tagged, heard from or written to since, by anybody but this import. */
async function removePeople(workspaceId: number, importId: number, trx: TransactionClientContract): Promise<number> {
  const { rows } = await trx.rawQuery(
    `update contacts c set deleted_at = now(), updated_at = now()
     from imports i
     where i.workspace_id = :workspaceId and i.id = :importId
       and c.workspace_id = i.workspace_id and c.import_id = i.id and c.origin = 'import' and c.deleted_at is null
       and c.updated_at <= i.finished_at
       and not exists (select from contact_tags t where t.workspace_id = c.workspace_id and t.contact_id = c.id
         and t.created_at > i.finished_at)
       and not exists (select from consent_entries e where e.workspace_id = c.workspace_id and e.contact_id = c.id
         and (e.source_kind <> 'import' or e.source_ref is distinct from i.id::text))
       and not exists (select from messages m where m.workspace_id = c.workspace_id and m.contact_id = c.id)
     returning c.id, c.email_hash`,
    { workspaceId, importId }
  )
  const people = rows
    .filter((row: any) => row.email_hash !== null)
    .map((row: any) => ({ contactId: row.id, addressHash: row.email_hash }))
  if (people.length > 0) await rememberAddresses({ workspaceId, people, trx })
  return rows.length
}

/** Of whoever stays and stands on a grant of this import; who goes is asked about when they are brought back. */
async function endAgreements({ workspaceId, id, options }: Import, actor: Actor, trx: TransactionClientContract) {
  if (options?.tracking) await endTracking({ workspaceId, id }, actor, trx)
  if (!options?.consent) return
  for (const topicId of options.consent.topic_ids.map(Number)) {
    const topic = await trx
      .from('topics')
      .where({ workspace_id: workspaceId, id: topicId })
      .whereNull('archived_at')
      .first()
    if (!topic) continue
    await takeBack({
      workspaceId,
      importId: id,
      people: {
        sql: `select k.contact_id from consents k
          join consent_entries e on e.workspace_id = k.workspace_id and e.id = k.entry_id
          join contacts c on c.workspace_id = k.workspace_id and c.id = k.contact_id and c.deleted_at is null
          where k.workspace_id = ? and k.topic_id = ? and k.channel = ? and k.status = 'granted'
            and e.source_kind = 'import' and e.source_ref = ?`,
        bindings: [workspaceId, topicId, options.consent.channel, String(id)],
      },
      channel: options.consent.channel,
      topicId,
      actor,
      trx,
    })
  }
}

/** The same for a yes to having opens and clicks noted. */
async function endTracking(
  { workspaceId, id }: Pick<Import, 'workspaceId' | 'id'>,
  actor: Actor,
  trx: TransactionClientContract
) {
  await takeBack({
    workspaceId,
    importId: id,
    people: {
      sql: `select k.contact_id from consents k
        join consent_entries e on e.workspace_id = k.workspace_id and e.id = k.entry_id
        join contacts c on c.workspace_id = k.workspace_id and c.id = k.contact_id and c.deleted_at is null
        where k.workspace_id = ? and k.channel = '${TRACKING.channel}' and k.topic_id = ${TRACKING.topicId} and k.status = 'granted'
          and e.source_kind = 'import' and e.source_ref = ?`,
      bindings: [workspaceId, String(id)],
    },
    ...TRACKING,
    actor,
    trx,
  })
}
