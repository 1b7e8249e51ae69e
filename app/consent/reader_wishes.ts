import db from '@adonisjs/lucid/services/db'
import type { DateTime } from 'luxon'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { audit, type Actor } from '#identity'
import { touch, type SqlPiece } from '#platform'

/** At most one mail in that time. */
export type Pace = 'weekly' | 'monthly'

export interface Wish {
  /** ALL_TOPICS, or one. */
  topicId: number
  topicName: string | null
  pausedUntil: Date | null
  pace: Pace | null
}

export const ALL_TOPICS = 0

/** A week less half a day: the mail of Friday must not wait because last Friday's was an hour late. A month may have 28 days. */
const PACE = `case pace when 'weekly' then interval '6 days 12 hours' when 'monthly' then interval '27 days 12 hours' end`

const TOGETHER = `max(paused_until) as paused_until, max(${PACE}) filter (where topic_id = ${ALL_TOPICS}) as pace,
  max(${PACE}) filter (where topic_id <> ${ALL_TOPICS}) as topic_pace`

/** SQL: does anybody of the workspace wish anything? For who is about to ask about many of its people. */
export const anyWishes = (workspace: string) =>
  `exists (select from reader_wishes rw where rw.workspace_id = ${workspace})`

interface About {
  workspaceId: number
  channel: string
  topicId: number
}

/** What people (p) wish about a topic, as the join h. */
export const wishesOfPeople = ({ workspaceId, channel, topicId }: About): SqlPiece => ({
  sql: `
      left join (select contact_id, ${TOGETHER} from reader_wishes
        where workspace_id = ? and channel = ? and topic_id in (${ALL_TOPICS}, ?) group by contact_id) h on h.contact_id = p.contact_id`,
  bindings: [workspaceId, channel, topicId],
})

/** The same, looked up for each of them. */
export const wishesOfThePerson = ({ workspaceId, channel, topicId }: About): SqlPiece => ({
  sql: `
      left join lateral (select ${TOGETHER} from reader_wishes
        where workspace_id = ? and contact_id = p.contact_id and channel = ? and topic_id in (${ALL_TOPICS}, ?)) h on true`,
  bindings: [workspaceId, channel, topicId],
})

/**
 * Keeps what somebody wishes beside yes and no. Only what is named changes; null takes it back. It holds from the next
 * batch of every campaign on.
 */
export async function keepWish({
  workspaceId,
  contactId,
  channel,
  topicId,
  pausedUntil,
  pace,
  actor,
  trx,
}: About & {
  contactId: number
  pausedUntil?: DateTime | null
  pace?: Pace | null
  actor: Actor
  trx: TransactionClientContract
}): Promise<void> {
  const of = { workspace_id: workspaceId, contact_id: contactId, channel, topic_id: topicId }
  const before = await trx.from('reader_wishes').where(of).forUpdate().first()
  const after = {
    paused_until: pausedUntil === undefined ? (before?.paused_until ?? null) : (pausedUntil?.toJSDate() ?? null),
    pace: pace === undefined ? (before?.pace ?? null) : pace,
  }
  if (after.paused_until === null && after.pace === null) {
    await trx.from('reader_wishes').where(of).delete()
  } else {
    await trx.rawQuery(
      `insert into reader_wishes (workspace_id, contact_id, channel, topic_id, paused_until, pace) values (?, ?, ?, ?, ?, ?)
       on conflict (workspace_id, contact_id, channel, topic_id) do update
         set paused_until = excluded.paused_until, pace = excluded.pace, updated_at = now()`,
      [workspaceId, contactId, channel, topicId, after.paused_until, after.pace] as any[]
    )
  }
  await audit('consent.wish', {
    workspaceId,
    actor,
    subject: { type: 'contact', id: contactId },
    details: { channel, topic_id: topicId === ALL_TOPICS ? null : String(topicId), ...after },
    trx,
  })
  await touch(trx, workspaceId, [`contacts/${contactId}`, 'consents'])
}

/** What holds now; a pause that is over is not told any more. */
export async function wishesOf({
  workspaceId,
  contactId,
  channel = 'email',
  client = db,
}: {
  workspaceId: number
  contactId: number
  channel?: string
  client?: Pick<typeof db, 'rawQuery'> | TransactionClientContract
}): Promise<Wish[]> {
  const { rows } = await client.rawQuery(
    `select h.topic_id, t.name, case when h.paused_until > now() then h.paused_until end as paused_until, h.pace
     from reader_wishes h left join topics t on t.workspace_id = h.workspace_id and t.id = h.topic_id
     where h.workspace_id = ? and h.contact_id = ? and h.channel = ? and (h.pace is not null or h.paused_until > now())
     order by h.topic_id`,
    [workspaceId, contactId, channel] as any[]
  )
  return rows.map((row: any) => ({
    topicId: row.topic_id,
    topicName: row.name,
    pausedUntil: row.paused_until,
    pace: row.pace,
  }))
}

/** A wish as API.md's consents show it; `topic_id` null: all topics. */
export const wishJson = ({ topicId, topicName, pausedUntil, pace }: Wish) => ({
  channel: 'email',
  topic_id: topicId === ALL_TOPICS ? null : String(topicId),
  topic_name: topicName,
  paused_until: pausedUntil?.toISOString() ?? null,
  pace,
})

/** When one record becomes another: of two wishes about the same, the stricter one holds. */
export async function passOnWishes({
  workspaceId,
  from,
  to,
  trx,
}: {
  workspaceId: number
  from: number
  to: number
  trx: TransactionClientContract
}): Promise<void> {
  await trx.rawQuery(
    `insert into reader_wishes as mine (workspace_id, contact_id, channel, topic_id, paused_until, pace)
     select workspace_id, ?::bigint, channel, topic_id, paused_until, pace from reader_wishes where workspace_id = ? and contact_id = ?
     on conflict (workspace_id, contact_id, channel, topic_id) do update
       set paused_until = greatest(mine.paused_until, excluded.paused_until),
           pace = case when 'monthly' in (mine.pace, excluded.pace) then 'monthly' else coalesce(mine.pace, excluded.pace) end,
           updated_at = now()`,
    [to, workspaceId, from] as any[]
  )
}
