import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { SqlPiece } from '#platform'

/** At most so many campaigns (1–100) to one person in so many days (1–90): of the workspace, or about one topic. */
export interface Cap {
  mails: number
  days: number
  topicId: number | null
}

/** The caps that hold for a topic: the workspace's, its own, both or none. */
export async function capsOf({
  workspaceId,
  topicId,
  client = db,
}: {
  workspaceId: number
  topicId: number
  client?: Pick<QueryClientContract, 'rawQuery'>
}): Promise<Cap[]> {
  const { rows } = await client.rawQuery(`select ${capsOfTopic('?')} as caps from workspaces w where w.id = ?`, [
    topicId,
    workspaceId,
  ] as any[])
  return capsFrom(rows[0]?.caps)
}

/** A topic's caps as one jsonb array, with the workspace's settings at hand (w): for a statement that asks for other things, too. */
export const capsOfTopic = (topic: string) =>
  `jsonb_build_array(w.settings #> '{sending,frequency_cap}',
     (select jsonb_build_object('mails', c.cap_mails, 'days', c.cap_days, 'topicId', c.id) from topics c
      where c.workspace_id = w.id and c.id = ${topic} and c.cap_mails is not null))`

export const capsFrom = (found: (Omit<Cap, 'topicId'> & { topicId?: number })[] | null | undefined): Cap[] =>
  (found ?? [])
    .filter(Boolean)
    .map(({ mails, days, topicId = null }) => ({ mails, days, topicId: topicId as number | null }))

/**
 * Mails of campaigns that a provider took for a person (p) since a moment. Reads delivery's `messages` and `shipments`, by SELECT
 * only. Partitions are by the month of the freeze: nothing waits longer than two months, and no cap looks back further than three.
 *
 * Binds the workspace.
 */
export const mailsSince = (moment: string, columns = '') =>
  `select ${columns} from messages m where m.workspace_id = ? and m.contact_id = p.contact_id
     and m.month >= (now() - interval '160 days')::date and m.accepted_at > ${moment}`

/** Binds the workspace and the topic. */
export const ABOUT_THE_TOPIC = `m.campaign_id = any(array(
  select f.campaign_id from shipments f where f.workspace_id = ? and f.topic_id = ?))`

/** An hour of grace: the weekly mail of Friday does not leave in the very second in which it left last Friday. */
const SINCE = `now() - make_interval(days => ?::int) + interval '1 hour'`

/** SQL about one person (p) that holds while they got fewer than that. */
export const underTheCap = ({ mails, days, topicId }: Cap) => ({
  holds: `(${mailsSince(SINCE, 'count(*)')} ${topicId === null ? '' : `and ${ABOUT_THE_TOPIC}`}) < ?`,
  bindings: ({ workspaceId }: { workspaceId: number }) => [
    workspaceId,
    days,
    ...(topicId === null ? [] : [workspaceId, topicId]),
    mails,
  ],
})

/** Those of the people (contact_id) who got that many already, counted for all of them at once: yields contact_id. */
export function peopleOverCaps({
  workspaceId,
  people,
  caps,
}: {
  workspaceId: number
  people: SqlPiece
  caps: Cap[]
}): SqlPiece {
  const over = caps.map(
    ({ topicId }) => `p.contact_id in (
      select m.contact_id from messages m where m.workspace_id = ? and m.month >= (now() - interval '160 days')::date
        and m.accepted_at > ${SINCE} ${topicId === null ? '' : `and ${ABOUT_THE_TOPIC}`}
      group by m.contact_id having count(*) >= ?)`
  )
  return {
    sql: `select p.contact_id from (${people.sql}) p where ${over.join(' or ') || 'false'}`,
    bindings: [...people.bindings, ...caps.flatMap((cap) => underTheCap(cap).bindings({ workspaceId }))],
  }
}

/** “3 campaigns about this topic in 7 days”. */
export const inWords = ({ mails, days, topicId }: Cap) =>
  `${mails} ${mails === 1 ? 'campaign' : 'campaigns'}${topicId === null ? '' : ' about this topic'} in ${days === 1 ? 'a day' : `${days} days`}`
