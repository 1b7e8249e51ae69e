import db from '@adonisjs/lucid/services/db'
import { keysetPage, type SqlPiece } from '#platform'
import { topicJson } from './http/topic_json.ts'
import { Topic } from './models/topic.ts'

/** A page of topics, each with the number of people who agreed to it by mail now. `gone` yields contact_ids not to count. */
export async function topicsPage({
  workspace,
  includeArchived = false,
  gone,
  page,
}: {
  workspace: { id: number }
  includeArchived?: boolean
  gone: SqlPiece
  page: { limit: number; cursor?: string; count?: boolean }
}) {
  const query = Topic.of(workspace)
  if (!includeArchived) query.whereNull('archived_at')
  const { data, ...rest } = await keysetPage(query, {
    ...page,
    sort: [{ column: 'id', direction: 'asc', value: (topic: Topic) => topic.id }],
    toJson: (topic: Topic) => topic,
  })
  const people = await agreed(workspace.id, data, gone)
  return { data: data.map((topic) => ({ ...topicJson(topic), people: people.get(topic.id) ?? 0 })), ...rest }
}

/** Counted from the index alone; the few who are gone are counted by themselves and taken off. */
async function agreed(workspaceId: number, topics: Topic[], gone: SqlPiece): Promise<Map<number, number>> {
  const standing = `from consents k where k.workspace_id = ? and k.topic_id = any(?) and k.channel = 'email'
    and k.status = 'granted' and (k.expires_at is null or k.expires_at > now())`
  const ids = topics.map(({ id }) => id)
  const { rows } = await db.rawQuery(
    `select topic_id, sum(people)::bigint as people from (
       select k.topic_id, count(*) as people ${standing} group by k.topic_id
       union all
       select k.topic_id, -count(*) ${standing} and k.contact_id in (${gone.sql}) group by k.topic_id
     ) counted group by topic_id`,
    [workspaceId, ids, workspaceId, ids, ...gone.bindings] as any[]
  )
  return new Map(rows.map((row: any) => [row.topic_id, row.people]))
}
