import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { fieldsOf } from '../attributes.ts'
import { boundedQuestion } from '#platform'
import type { Import } from '../models/import.ts'
import { countLot, suppressed, withdrawn } from './count_lot.ts'
import { addCounts, noCounts, type ImportCounts, type Written } from './counts.ts'
import { ImportState } from './errors.ts'
import { matchLot } from './match_lot.ts'
import { readOptions, type ImportOptions, type ImportRequest } from './options.ts'
import { readLots, type Lot } from './read_lots.ts'
import { textColumns } from './read_person.ts'
import { refusedRows, type Refused } from './refused_rows.ts'
import { stageLot } from './stage_lot.ts'

export interface SampleRow {
  line: number
  contact_id: string | null
  /** What the file says. */
  values: Record<string, unknown>
  /** What is known so far, of what the file says. */
  before?: Record<string, unknown>
  reason?: string
}
type Sampled = Exclude<keyof ImportCounts, Written | 'by_topic' | 'invalid_said_no'>
export type ImportPreview = Omit<ImportCounts, Written> & { samples: Record<Sampled, SampleRow[]> }

const SAMPLES = 20

/**
 * What an import would do, row by row, without doing it: the very steps of the import up to its first write, each lot in a
 * transaction that is rolled back.
 *
 * @throws ImportState (409), BadMapping (422), TooBusy (429), TookTooLong (503)
 */
export async function previewImport({
  file,
  request,
}: {
  file: Import
  request: ImportRequest
}): Promise<ImportPreview> {
  if (!file.isAnalysed) throw new ImportState(`This import is ${file.status}. Upload the file again to look at it.`)
  const options = await readOptions(request, file)
  const fields = await fieldsOf(file.workspaceId, db.connection())
  let counts = noCounts()
  const samples = emptySamples()
  await boundedQuestion(file.workspaceId, async (limit) => {
    for await (const lot of readLots(file, { options, fields })) {
      const trx = await db.transaction()
      try {
        await limit(trx)
        await stageLot(lot, options.tags, trx)
        await matchLot(file, lot, options, trx)
        const refused = await refusedRows(lot, trx)
        counts = addCounts(counts, await countLot(file, { lot, refused }, options, trx))
        await addSamples(samples, { file, lot, refused, options, trx })
      } finally {
        await trx.rollback()
      }
    }
  })
  const { agreed: _, withdrawn: __, ...exact } = counts
  return { ...exact, samples }
}

const emptySamples = (): ImportPreview['samples'] => ({
  new: [],
  changed: [],
  unchanged: [],
  duplicates_in_file: [],
  invalid: [],
  suppressed: [],
  already_withdrawn: [],
})

interface Place {
  file: Import
  lot: Lot
  refused: Refused
  options: ImportOptions
  trx: TransactionClientContract
}

async function addSamples(samples: ImportPreview['samples'], place: Place) {
  const { file, lot, refused, options, trx } = place
  const add = (kind: Sampled, rows: SampleRow[]) => samples[kind].push(...rows.slice(0, SAMPLES - samples[kind].length))
  const conditions: Partial<Record<Sampled, string>> = {
    new: `s.fate = 'new' and not s.is_repeat`,
    changed: `s.fate = 'changed' and not s.is_repeat`,
    unchanged: `s.fate = 'unchanged' and not s.is_repeat`,
    suppressed: `s.fate <> 'refused' and not s.is_repeat and exists (${suppressed})`,
    already_withdrawn: `s.fate <> 'refused' and not s.is_repeat and exists (${withdrawn(options)})`,
  }
  for (const [kind, condition] of Object.entries(conditions) as [Sampled, string][]) {
    if (samples[kind].length < SAMPLES) add(kind, await staged(condition, file.workspaceId, trx))
  }
  const row = ({ line, cells }: { line: number; cells: string[] }, reason: string): SampleRow => ({
    line,
    contact_id: null,
    values: Object.fromEntries(file.columns.map(({ name }, i) => [name, cells[i] ?? ''])),
    reason,
  })
  add(
    'duplicates_in_file',
    lot.repeated.map((one) => row(one, 'An earlier row names the same person.'))
  )
  add(
    'invalid',
    refused.rows.map((one) => row(one, one.reason))
  )
}

async function staged(condition: string, workspaceId: number, trx: TransactionClientContract): Promise<SampleRow[]> {
  const columns = ['email', ...textColumns]
  const object = (alias: string) =>
    `jsonb_build_object(${columns.map((name) => `'${name}', ${alias}.${name}`).join(', ')})`
  const { rows } = await trx.rawQuery(
    `select s.line, c.id::text as contact_id, jsonb_strip_nulls(${object('s')}) as texts, s.attributes, s.tag_keys as tags,
       ${object('c')} as known, c.attributes as known_attributes
     from import_staging s cross join (select ?::bigint as workspace_id) w
     left join contacts c on c.workspace_id = w.workspace_id and c.id = s.contact_id
     where ${condition} order by s.line limit ${SAMPLES}`,
    [workspaceId]
  )
  return rows.map(({ line, contact_id: contactId, texts, attributes, tags, known, known_attributes: before }: any) => ({
    line,
    contact_id: contactId,
    values: { ...texts, ...(Object.keys(attributes).length ? { attributes } : {}), ...(tags ? { tags } : {}) },
    ...(contactId ? { before: { ...only(known, texts), attributes: only(before, attributes) } } : {}),
  }))
}

const only = (from: Record<string, unknown>, keys: Record<string, unknown>) =>
  Object.fromEntries(Object.keys(keys).map((key) => [key, from[key] ?? null]))
