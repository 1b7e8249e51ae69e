import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { ImportCounts, TopicTally, Written } from './counts.ts'
import { decidersOf, type ImportConsent, type ImportOptions } from './options.ts'
import type { ImportedFile, Lot } from './read_lots.ts'
import type { Refused } from './refused_rows.ts'

/** What a matched lot adds to the counts. A person is counted where the file names them first. */
export async function countLot(
  file: ImportedFile,
  { lot, refused }: { lot: Lot; refused: Refused },
  options: ImportOptions,
  trx: TransactionClientContract
): Promise<Omit<ImportCounts, Written>> {
  const fate = (name: string) => `count(*) filter (where fate = '${name}' and not is_repeat) as ${name}`
  const { rows } = await trx.rawQuery(
    `select ${['new', 'changed', 'unchanged', 'duplicate'].map(fate).join(', ')},
       count(*) filter (where not is_repeat and exists (${suppressed})) as suppressed,
       count(*) filter (where not is_repeat and exists (${withdrawn(options)})) as already_withdrawn
     from import_staging s cross join (select ?::bigint as workspace_id) w where s.fate <> 'refused'`,
    [file.workspaceId]
  )
  const { duplicate, ...counts } = rows[0]
  const people = counts.new + counts.changed + counts.unchanged
  return {
    ...counts,
    duplicates_in_file: lot.duplicates + duplicate,
    invalid: refused.invalid,
    invalid_said_no: refused.saidNo,
    by_topic: options.consent ? await tallies(options.consent, people, trx) : [],
  }
}

/**
 * What the file says of its people, topic by topic. Whom an earlier lot named is counted there: only what this one changes
 * about them is added. The same person by address and by external id in one lot is one, and a no of either counts.
 */
async function tallies(consent: ImportConsent, people: number, trx: TransactionClientContract): Promise<TopicTally[]> {
  const deciders = decidersOf(consent)
  const everybody = { agreed: people, said_no: 0, unknown: 0 }
  const said = deciders.length === 0 ? [] : await answersOf(deciders.length, trx)
  return consent.topic_ids.map((id) => {
    const at = deciders.findIndex(({ topic_ids: topicIds }) => topicIds.includes(id))
    return { topic_id: id, ...(at < 0 ? everybody : said[at]) }
  })
}

async function answersOf(deciders: number, trx: TransactionClientContract): Promise<Omit<TopicTally, 'topic_id'>[]> {
  const numbers = Array.from({ length: deciders }, (_, i) => i + 1)
  const answers = numbers.map(
    (
      i
    ) => `case when s.contact_id in (select contact_id from import_staging where fate in ('duplicate', 'refused') and not answers[${i}])
      then false else s.answers[${i}] end as now_${i}, s.answers_before[${i}] as before_${i}`
  )
  const sum = (is: string, i: number) =>
    `coalesce(sum((now_${i} is ${is})::int - (is_repeat and before_${i} is ${is})::int), 0)`
  const sums = numbers.map(
    (i) => `${sum('true', i)} as agreed_${i}, ${sum('false', i)} as said_no_${i}, ${sum('null', i)} as unknown_${i}`
  )
  const { rows } = await trx.rawQuery(
    `select ${sums.join(', ')} from (
       select is_repeat, ${answers.join(', ')} from import_staging s where fate in ('new', 'changed', 'unchanged') or (fate = 'refused' and is_repeat)) x`
  )
  const [row] = rows
  return numbers.map((i) => ({
    agreed: row[`agreed_${i}`],
    said_no: row[`said_no_${i}`],
    unknown: row[`unknown_${i}`],
  }))
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
