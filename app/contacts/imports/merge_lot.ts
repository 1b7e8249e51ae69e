import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Actor } from '#identity'
import { tagIds } from '../tags.ts'
import { differences, filledBy, type Filled } from './match_lot.ts'
import type { ImportOptions } from './options.ts'
import { saysNo, type ImportedFile, type Lot } from './read_lots.ts'
import { textColumns } from './read_person.ts'
import { recordAgreements, recordMeasuring } from './record_agreements.ts'
import type { Refused } from './refused_rows.ts'
import { holdAddresses, rememberStrangers } from './strangers.ts'
import { holdWhoSaysNo } from './whose_no.ts'

/** Somebody came in by another way at this very moment; the same lot succeeds when it is taken again. */
export class LotRaced extends Error {}

/** Takes a matched lot in: new people, changed ones with what was there before, tags, consent, and the rejected rows. */
export async function mergeLot({
  file,
  lot,
  refused,
  options,
  actor,
  trx,
}: {
  file: ImportedFile
  lot: Lot
  refused: Refused
  options: ImportOptions
  actor: Actor
  trx: TransactionClientContract
}): Promise<{ agreed: number; withdrawn: number }> {
  const filled = filledBy(options)
  await insertNew(file, trx)
  await updateChanged(file, filled, trx)
  if (filled.tags) await tag(file, lot, options, trx)
  await keepRejected(file, refused, trx)
  if (refused.namesStrangers && (await holdAddresses(file, trx)) > 0) throw new LotRaced()
  if (anyNo(lot) && (await holdWhoSaysNo(file, trx)) > 0) throw new LotRaced()
  const recording = { file, options, actor, trx }
  if (options.tracking) await recordMeasuring(recording, options.tracking)
  const recorded = options.consent ? await recordAgreements(recording, options.consent) : { agreed: 0, withdrawn: 0 }
  if (refused.namesStrangers) await rememberStrangers(file, trx)
  return recorded
}

const anyNo = ({ people, noes }: Lot) => noes.length > 0 || people.some(saysNo)

async function insertNew({ workspaceId, id }: ImportedFile, trx: TransactionClientContract) {
  const columns = ['email', 'email_key', 'email_hash', ...textColumns, 'attributes'].join(', ')
  const { rows } = await trx.rawQuery(
    `with wanted as (select contact_id, ${columns} from import_staging where fate = 'new'),
       made as (
         insert into contacts (id, workspace_id, origin, import_id, ${columns}) overriding system value
         select contact_id, ?, 'import', ?, ${columns} from wanted
         on conflict do nothing
         returning 1)
     select (select count(*) from wanted) - (select count(*) from made) as missing`,
    [workspaceId, id]
  )
  if (rows[0].missing > 0) throw new LotRaced()
}

/** `before` holds the old values of everything the file could change, `after` only what it did change: undo compares. */
async function updateChanged({ workspaceId, id }: ImportedFile, filled: Filled, trx: TransactionClientContract) {
  const { texts, attributes } = filled
  const own = differences({ ...filled, tags: false })
  const set = [
    ...texts.map((column) => `${column} = coalesce(o.${column}, c.${column})`),
    ...(attributes ? ['attributes = c.attributes || o.attributes'] : []),
  ]
  const names = (values: (column: string) => string) =>
    [...texts, ...(attributes ? ['attributes'] : [])].map((column) => `'${column}', ${values(column)}`).join(', ')
  const { rows } = await trx.rawQuery(
    `with o as materialized (
       select s.line, s.contact_id, c.tid, s.attributes, ${[...texts.map((column) => `s.${column}`), ''].join(', ')}
         (${own.join(' or ') || 'false'}) as is_other,
         jsonb_build_object(${names((column) => `c.${column}`)}) as before,
         jsonb_strip_nulls(jsonb_build_object(${names((column) =>
           column === 'attributes'
             ? 's.attributes'
             : `case when s.${column} is distinct from c.${column} then s.${column} end`
         )})) as after
       from import_staging s cross join lateral (
         select *, ctid as tid from contacts c where c.workspace_id = ? and c.id = s.contact_id for update) c
       where s.fate = 'changed'),
     updated as (
       update contacts c set ${[...set, 'updated_at = now()'].join(', ')}
       from o where c.ctid = o.tid and c.workspace_id = ? and o.is_other
       returning 1),
     kept as (
       insert into import_rows (workspace_id, import_id, line, outcome, contact_id, before, after)
       select ?, ?, line, 'changed', contact_id, before, after from o)
     select (select count(*) from o where is_other) - (select count(*) from updated) as missing`,
    [workspaceId, workspaceId, workspaceId, id]
  )
  if (rows[0].missing > 0) throw new LotRaced()
}

/** Tags of rows and of everybody; which ones somebody known did not have is kept for undo. */
async function tag(
  { workspaceId, id }: ImportedFile,
  lot: Lot,
  options: ImportOptions,
  trx: TransactionClientContract
) {
  await tagIds(workspaceId, [...options.tags, ...new Set(lot.people.flatMap(({ tags }) => tags))], trx)
  await trx.rawQuery(
    `with given as (
       insert into contact_tags (workspace_id, tag_id, contact_id)
       select t.workspace_id, t.id, s.contact_id
       from import_staging s cross join unnest(s.tag_keys) as wanted (name_key)
       join tags t on t.workspace_id = ? and t.name_key = wanted.name_key
       where s.fate in ('new', 'changed')
       order by t.id, s.contact_id
       on conflict do nothing
       returning contact_id, tag_id)
     update import_rows r set after = r.after || jsonb_build_object('tag_ids', m.tag_ids)
     from (select i.tid, g.tag_ids
           from (select contact_id, jsonb_agg(tag_id) as tag_ids from given group by contact_id) g
           join import_staging s on s.contact_id = g.contact_id and s.fate = 'changed'
           cross join lateral (select ctid as tid from import_rows i
             where i.workspace_id = ? and i.import_id = ? and i.line = s.line offset 0) i) m
     where r.ctid = m.tid and r.workspace_id = ?`,
    [workspaceId, workspaceId, id, workspaceId]
  )
}

async function keepRejected({ workspaceId, id }: ImportedFile, { rows }: Refused, trx: TransactionClientContract) {
  if (rows.length === 0) return
  const json = rows.map(({ line, reason, cells }) => ({
    line,
    reason,
    raw: cells.map((cell) => cell.toWellFormed()),
  }))
  await trx.rawQuery(
    `insert into import_rows (workspace_id, import_id, line, outcome, reason, raw)
     select ?, ?, line, 'rejected', reason, raw from jsonb_to_recordset(?::jsonb) as r (line int, reason text, raw jsonb)
     on conflict do nothing`,
    [workspaceId, id, JSON.stringify(json)]
  )
}
