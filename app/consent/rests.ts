import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { audit, type Actor } from '#identity'
import { announce, touch, type SqlPiece } from '#platform'
import { NotResting } from './errors.ts'

interface About {
  workspaceId: number
  channel: string
  topicId: number
}

/** SQL: does anybody of the workspace rest? For who is about to ask about many of its people. */
export const anyRests = (workspace: string) =>
  `exists (select from rests ar where ar.workspace_id = ${workspace} and ar.ended_at is null)`

/** Whether people (p) rest, as the join r. */
export const restsOfPeople = ({ workspaceId, channel, topicId }: About): SqlPiece => ({
  sql: `
      left join rests r on r.workspace_id = ? and r.contact_id = p.contact_id and r.channel = ? and r.topic_id = ? and r.ended_at is null`,
  bindings: [workspaceId, channel, topicId],
})

/** The same, looked up for each of them. */
export const restsOfThePerson = ({ workspaceId, channel, topicId }: About): SqlPiece => ({
  sql: `
      left join lateral (select since from rests
        where workspace_id = ? and contact_id = p.contact_id and channel = ? and topic_id = ? and ended_at is null limit 1) r on true`,
  bindings: [workspaceId, channel, topicId],
})

/** From now on these people rest: nothing about the topic is sent to them. It is no withdrawal, and ends with a word of theirs. */
export async function putToRest({
  workspaceId,
  contactIds,
  channel,
  topicId,
  reconfirmationId = null,
  actor,
  trx,
}: About & {
  contactIds: number[]
  reconfirmationId?: number | null
  actor: Actor
  trx: TransactionClientContract
}): Promise<void> {
  if (contactIds.length === 0) return
  await trx.rawQuery(
    `insert into rests as mine (workspace_id, contact_id, channel, topic_id, since, reconfirmation_id)
     select ?::bigint, unnest(?::bigint[]), ?, ?::bigint, now(), ?::bigint
     on conflict (workspace_id, contact_id, channel, topic_id) do update
       set since = now(), reconfirmation_id = excluded.reconfirmation_id, ended_at = null, ended_by = null
       where mine.ended_at is not null`,
    [workspaceId, contactIds, channel, topicId, reconfirmationId] as any[]
  )
  const [one] = contactIds
  await audit('consent.rested', {
    workspaceId,
    actor,
    subject: contactIds.length === 1 ? { type: 'contact', id: one } : { type: 'topic', id: topicId },
    details: {
      channel,
      topic_id: String(topicId),
      people: contactIds.length,
      reconfirmation_id: reconfirmationId === null ? null : String(reconfirmationId),
    },
    trx,
  })
  await announce('consent.rested', {
    workspaceId,
    payload: { channel, topic_id: topicId, people: contactIds.length },
    trx,
  })
  await touch(trx, workspaceId, ['contacts', 'consents', 'topics'])
}

/**
 * Somebody gets mails about the topic again: the team has a reason, or the person asked for it.
 *
 * @throws NotResting (409)
 */
export async function wake({
  workspaceId,
  contactId,
  channel,
  topicId,
  reason,
  actor,
  trx,
}: About & { contactId: number; reason: string | null; actor: Actor; trx: TransactionClientContract }): Promise<void> {
  const { rowCount } = await trx.rawQuery(
    `update rests set ended_at = now(), ended_by = ?
     where workspace_id = ? and contact_id = ? and channel = ? and topic_id = ? and ended_at is null`,
    [actor.kind === 'person' ? 'person' : 'team', workspaceId, contactId, channel, topicId]
  )
  if (!rowCount) throw new NotResting('They do not rest: somebody woke them already. Reload the page.')
  await audit('consent.woken', {
    workspaceId,
    actor,
    subject: { type: 'contact', id: contactId },
    details: { channel, topic_id: String(topicId), reason },
    trx,
  })
  await touch(trx, workspaceId, [`contacts/${contactId}`, 'consents', 'topics'])
}

export interface Rest {
  topicId: number
  topicName: string
  since: Date
  reconfirmationId: number | null
}

/** What somebody rests from now. */
export async function restsOf({
  workspaceId,
  contactId,
  client,
}: {
  workspaceId: number
  contactId: number
  client: { rawQuery: (sql: string, bindings: any[]) => any }
}): Promise<Rest[]> {
  const { rows } = await client.rawQuery(
    `select r.topic_id as "topicId", t.name as "topicName", r.since, r.reconfirmation_id as "reconfirmationId"
     from rests r join topics t on t.workspace_id = r.workspace_id and t.id = r.topic_id
     where r.workspace_id = ? and r.contact_id = ? and r.ended_at is null order by r.topic_id limit 100`,
    [workspaceId, contactId]
  )
  return rows
}

/** A rest as API.md's consents show it. */
export const restJson = ({ topicId, topicName, since, reconfirmationId }: Rest) => ({
  channel: 'email',
  topic_id: String(topicId),
  topic_name: topicName,
  since: since.toISOString(),
  reconfirmation_id: reconfirmationId === null ? null : String(reconfirmationId),
})

/** Whose address another record takes over brings its silence along; else each record's own stays. */
export async function passOnRests({
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
    `insert into rests (workspace_id, contact_id, channel, topic_id, since, reconfirmation_id)
     select workspace_id, ?::bigint, channel, topic_id, since, reconfirmation_id from rests
     where workspace_id = ? and contact_id = ? and ended_at is null
     on conflict (workspace_id, contact_id, channel, topic_id) do update
       set since = excluded.since, reconfirmation_id = excluded.reconfirmation_id, ended_at = null, ended_by = null`,
    [to, workspaceId, from]
  )
}
