import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { KnownReader } from './reader_of_token.ts'
import { wordsIn, type Words } from './reader_words.ts'

/** Bump when the sentence changes: the ledger keeps which wording somebody agreed to. */
export const STATEMENT_VERSION = 'preferences-1'

export interface Choice {
  id: number
  name: string
  description: string
  statement: string
  granted: boolean
}

/** What the page offers: the public topics, and any other that this person has. */
export async function choicesOf(
  reader: KnownReader,
  client: Pick<QueryClientContract, 'rawQuery'> = db,
  { t }: Words = wordsIn([])
): Promise<Choice[]> {
  const { rows } = await client.rawQuery(
    `select t.id, t.name, t.description,
       coalesce(k.status = 'granted' and (k.expires_at is null or k.expires_at > now()), false)
         and not exists (
           select from suppressions s where s.workspace_id = t.workspace_id and s.channel = 'email'
             and s.address_hash = ? and s.reason in ('unsubscribed_all', 'objection')) as granted
     from topics t
     left join consents k on k.workspace_id = t.workspace_id and k.topic_id = t.id and k.channel = 'email' and k.contact_id = ?
     where t.workspace_id = ? and t.archived_at is null and (t.public or k.status in ('granted', 'pending'))
     order by t.name, t.id`,
    [reader.person!.emailHash, reader.person!.id, reader.workspaceId] as any[]
  )
  return rows.map((row: any) => ({
    ...row,
    statement: t('preferences.statement', { topic: row.name, workspace: reader.workspace.name }),
  }))
}
