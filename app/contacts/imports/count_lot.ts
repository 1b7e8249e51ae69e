import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { ImportCounts } from './counts.ts'
import type { ImportOptions } from './options.ts'
import type { ImportedFile, Lot } from './read_lots.ts'

/** What a matched lot adds to the counts. A person is counted where the file names them first. */
export async function countLot(
  file: ImportedFile,
  lot: Lot,
  options: ImportOptions,
  trx: TransactionClientContract
): Promise<Omit<ImportCounts, 'agreed'>> {
  const fate = (name: string) => `count(*) filter (where fate = '${name}' and not is_repeat) as ${name}`
  const { rows } = await trx.rawQuery(
    `select ${['new', 'changed', 'unchanged', 'rejected', 'duplicate'].map(fate).join(', ')},
       count(*) filter (where not is_repeat and exists (${suppressed})) as suppressed,
       count(*) filter (where not is_repeat and exists (${withdrawn(options)})) as already_withdrawn
     from import_staging s cross join (select ?::bigint as workspace_id) w`,
    [file.workspaceId]
  )
  const { rejected, duplicate, ...counts } = rows[0]
  return {
    ...counts,
    duplicates_in_file: lot.duplicates + duplicate,
    invalid: lot.rejected.length + rejected,
  }
}

/** SQL over s (staged) and w (the workspace). */
export const suppressed = `select from suppressions x
  where x.workspace_id = w.workspace_id and x.channel = 'email' and x.address_hash = s.email_hash`

/** SQL over s and w: they, or a former contact with their address, left one of these topics. */
export function withdrawn({ consent }: ImportOptions) {
  const ofTopics = consent
    ? `and x.topic_id in (${consent.topic_ids.map(Number).join(', ')})`
    : `and x.channel = 'email'`
  return `select from consents x where x.workspace_id = w.workspace_id and x.contact_id = s.contact_id
      and x.status = 'withdrawn' ${ofTopics}
    union all select from former_addresses f
      join consent_entries x on x.workspace_id = f.workspace_id and x.contact_id = f.contact_id and x.action = 'withdraw'
      where f.workspace_id = w.workspace_id and f.channel = 'email' and f.address_hash = s.email_hash ${ofTopics}`
}
