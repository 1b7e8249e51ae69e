import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { ImportedFile, Lot } from './read_lots.ts'
import type { ImportOptions } from './options.ts'
import { textColumns, type TextColumn } from './read_person.ts'

/** What a mapping fills, as far as merging has to know. */
export interface Filled {
  texts: TextColumn[]
  attributes: boolean
  tags: boolean
  externalId: boolean
}

export function filledBy({ mapping, tags }: ImportOptions): Filled {
  const targets = Object.values(mapping)
  return {
    texts: textColumns.filter((column) => targets.includes(column)),
    attributes: targets.some((target) => target.startsWith('attributes.')),
    tags: targets.includes('tags') || tags.length > 0,
    externalId: targets.includes('external_id'),
  }
}

/**
 * Finds out who of the staged people is known, whom an external id contradicts, and for whom the file says something
 * that is not so yet. Writes nothing but the staging table: a preview and an import ask the same.
 */
export async function matchLot(
  file: ImportedFile,
  lot: Pick<Lot, 'noes'>,
  options: ImportOptions,
  trx: TransactionClientContract
) {
  const filled = filledBy(options)
  const known = await recognise(file.workspaceId, filled, trx)
  if (filled.externalId) await setAsideContradictions(file.workspaceId, trx)
  if (lot.noes.some(({ externalId }) => externalId !== null)) await recogniseInLot(trx)
  if (known === 0) return
  const differs = options.on_conflict === 'skip' ? 'false' : `(${differences(filled).join(' or ') || 'false'})`
  await trx.rawQuery(
    `update import_staging t set fate = m.fate
     from (select s.line, case when ${differs} then 'changed' else 'unchanged' end as fate
           from import_staging s cross join lateral (${contact('c.id = s.contact_id')}) c where s.fate = 'known') m
     where t.line = m.line`,
    [file.workspaceId]
  )
}

/**
 * The contact of a staged person, looked up one by one. "offset 0" keeps the planner from turning the question round: of a
 * workspace that filled since the last ANALYZE it believes that it has one contact, and would go through the lot for each.
 */
const contact = (condition: string) => `select * from contacts c where c.workspace_id = ? and ${condition} offset 0`

async function recognise(workspaceId: number, { externalId }: Filled, trx: TransactionClientContract): Promise<number> {
  const by = async (condition: string) => {
    const { rowCount } = await trx.rawQuery(
      `update import_staging t set contact_id = m.id, is_known = true,
         fate = case t.fate when 'refused' then t.fate else 'known' end, email_hash = coalesce(t.email_hash, m.email_hash)
       from (select s.line, c.id, c.email_hash
             from import_staging s cross join lateral (${contact(`c.deleted_at is null and ${condition}`)}) c) m
       where t.line = m.line`,
      [workspaceId]
    )
    return rowCount as number
  }
  const byAddress = await by('c.email_key = s.email_key')
  return byAddress + (externalId ? await by('s.email_key is null and c.external_id = s.external_id') : 0)
}

/** A refused row that names by its external id alone somebody whom this lot brings. */
async function recogniseInLot(trx: TransactionClientContract) {
  await trx.rawQuery(
    `update import_staging t set contact_id = o.contact_id, is_known = true
     from import_staging o
     where t.fate = 'refused' and not t.is_known and t.email_key is null and o.fate = 'new' and o.external_id = t.external_id`
  )
}

async function setAsideContradictions(workspaceId: number, trx: TransactionClientContract) {
  await trx.rawQuery(
    `update import_staging t set fate = 'rejected'
     from (select s.line from import_staging s
           cross join lateral (${contact('c.deleted_at is null and c.external_id = s.external_id')}) c
           where c.id <> s.contact_id) m
     where t.line = m.line`,
    [workspaceId]
  )
  await trx.rawQuery(
    `update import_staging s set fate = 'duplicate'
     where s.email_key is null and s.fate = 'known' and exists (
       select from import_staging o where o.contact_id = s.contact_id and o.email_key is not null)`
  )
}

/** SQL over s (staged) and c (the contact): each true when the file says something else than is known. */
export function differences({ texts, attributes, tags }: Filled): string[] {
  return [
    ...texts.map((column) => `(s.${column} is not null and s.${column} is distinct from c.${column})`),
    ...(attributes ? ['c.attributes || s.attributes <> c.attributes'] : []),
    ...(tags ? [`exists (${missingTags})`] : []),
  ]
}

/** Names of tags that a staged person is to have and has not. */
const missingTags = `select from unnest(s.tag_keys) as wanted (name_key) where not exists (
  select from tags t join contact_tags ct on ct.workspace_id = t.workspace_id and ct.tag_id = t.id
  where t.workspace_id = c.workspace_id and t.name_key = wanted.name_key and ct.contact_id = s.contact_id)`
