import db from '@adonisjs/lucid/services/db'
import { recordOf, type KnownReader } from './reader_of_token.ts'

export interface Stored {
  hasName: boolean
  facts: number
  mails: number
  hasReactions: boolean
  topics: { name: string; status: 'granted' | 'pending' | 'expired' | 'withdrawn'; since: Date }[]
}

/**
 * What is kept about a reader, by kind and number: whoever has a forwarded mail has the link, so values and the names of fields
 * stay with us. Reads `contacts`, `contact_tags`, `messages` and `engagements`, by SELECT only.
 */
export async function storedAbout(reader: KnownReader): Promise<Stored> {
  const of = [reader.workspaceId, recordOf(reader)!.id]
  const [facts, topics] = await Promise.all([
    db.rawQuery(
      `select c.first_name is not null or c.last_name is not null as has_name,
         (select count(*) from jsonb_object_keys(c.attributes)) + num_nonnulls(c.phone, c.external_id, c.locale, c.timezone)
           + (select count(*) from contact_tags g where g.workspace_id = c.workspace_id and g.contact_id = c.id) as facts,
         (select count(*) from messages m where m.workspace_id = c.workspace_id and m.contact_id = c.id
            and m.accepted_at is not null) as mails,
         exists (select from engagements e where e.workspace_id = c.workspace_id and e.contact_id = c.id) as has_reactions
       from contacts c where c.workspace_id = ? and c.id = ?`,
      of
    ),
    db.rawQuery(
      `select t.name, k.since, case when k.status = 'granted' and k.expires_at <= now() then 'expired' else k.status end as status
       from consents k join topics t on t.workspace_id = k.workspace_id and t.id = k.topic_id
       where k.workspace_id = ? and k.contact_id = ? and k.channel = 'email' order by lower(t.name) limit 100`,
      of
    ),
  ])
  const [{ has_name: hasName, facts: more, mails, has_reactions: hasReactions }] = facts.rows
  return { hasName, facts: Number(more), mails: Number(mails), hasReactions, topics: topics.rows }
}
