import db from '@adonisjs/lucid/services/db'
import { Contact, contactsJson, type ContactJson } from '#contacts'
import { boundedQuestion } from '#platform'
import { catalogueOf } from './rule/catalogue.ts'
import { namesFor } from './rule/names.ts'
import { nodeSql } from './rule/node_sql.ts'
import { readRule } from './rule/read_rule.ts'
import { sentenceOf } from './rule/sentence.ts'

const SAMPLE = 5

/**
 * How many people a rule picks right now, in which words, and the newest few of them.
 *
 * @throws InvalidRule (422), TooBusy (429), TookTooLong (503)
 */
export async function previewRule(
  rule: unknown,
  workspaceId: number
): Promise<{ count: number; sentence: string; sample: ContactJson[] }> {
  const catalogue = await catalogueOf(workspaceId)
  const node = readRule(rule, catalogue)
  const { sql, bindings } = nodeSql(node, catalogue)
  const people = `from contacts c where c.workspace_id = ? and c.deleted_at is null and (${sql})`
  const { count, sample } = await boundedQuestion(workspaceId, (limit) =>
    db.transaction(async (trx) => {
      await limit(trx)
      const { rows } = await trx.rawQuery(`select count(*) as count ${people}`, [workspaceId, ...bindings] as any[])
      const newest = await Contact.query({ client: trx })
        .from('contacts as c')
        .where('c.workspace_id', workspaceId)
        .whereNull('c.deleted_at')
        .whereRaw(`(${sql})`, bindings as any[])
        .orderBy('c.id', 'desc')
        .limit(SAMPLE)
      return { count: rows[0].count as number, sample: newest }
    })
  )
  return {
    count,
    sentence: sentenceOf(node, await namesFor(node, workspaceId)),
    sample: await contactsJson(workspaceId, sample),
  }
}
