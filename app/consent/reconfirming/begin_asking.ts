import type { DateTime } from 'luxon'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { audit, type Actor } from '#identity'
import { touch } from '#platform'
import { ReconfirmationInOtherState } from '../errors.ts'
import { Reconfirmation } from '../models/reconfirmation.ts'

interface Asking {
  workspaceId: number
  id: number
  trx: TransactionClientContract
}

/**
 * Before the audience of a question is frozen: one after another, so that two questions at once, about whatever topics, do not both
 * find that nobody was asked before.
 *
 * @throws ReconfirmationInOtherState (409) when it has been asked, or cancelled
 */
export async function aboutToAsk({ workspaceId, id, trx }: Asking): Promise<Reconfirmation> {
  await oneQuestionAtATime(workspaceId, trx)
  const asks = await Reconfirmation.of({ id: workspaceId }, { client: trx }).forUpdate().findOrFail(id)
  if (asks.state !== 'draft') throw inOtherState(asks)
  return asks
}

/** Whoever chooses people to ask waits for whoever does so in this workspace; what is read from here on is what they chose. */
const oneQuestionAtATime = (workspaceId: number, trx: TransactionClientContract) =>
  trx.rawQuery('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`questions:${workspaceId}`])

/**
 * The people of a sunset round, before its mail: those of them who wait for no other question. The caller writes the round only
 * when somebody is left.
 *
 * @returns those who are free to be asked; nobody else chooses people until the transaction ends
 */
export async function freeToAsk({
  workspaceId,
  contactIds,
  trx,
}: {
  workspaceId: number
  contactIds: number[]
  trx: TransactionClientContract
}): Promise<number[]> {
  await oneQuestionAtATime(workspaceId, trx)
  const { rows } = await trx.rawQuery(
    `select id from unnest(?::bigint[]) as id where not exists (
       select from reconfirmation_people a where a.workspace_id = ? and a.contact_id = id and a.state = 'chosen') order by id`,
    [contactIds, workspaceId] as any[]
  )
  return rows.map(({ id }: { id: number }) => id)
}

const inOtherState = ({ state }: Pick<Reconfirmation, 'state'>) =>
  new ReconfirmationInOtherState(`This re-confirmation is ${IN_WORDS[state]}. Begin a new one to ask again.`, { state })

const IN_WORDS = {
  draft: 'a draft',
  asking: 'waiting for answers already',
  closed: 'closed',
  cancelled: 'cancelled',
} as const

/**
 * Its audience is frozen: whoever is in the manifests of the campaign is asked, and the answers are waited for. Who was chosen
 * and is excluded now is not asked, for that reason. Reads `batches` and `exclusions`, which delivery owns.
 */
export async function beginAsking({
  workspaceId,
  id,
  campaignId,
  answersUntil,
  actor,
  trx,
}: Asking & { campaignId: number; answersUntil: DateTime; actor: Actor }): Promise<void> {
  const { rows } = await trx.rawQuery(
    `update reconfirmations set state = 'asking', campaign_id = ?, opened_at = clock_timestamp(), answers_until = ?
     where workspace_id = ? and id = ? and state = 'draft' returning topic_id`,
    [campaignId, answersUntil.toUTC().toISO()!, workspaceId, id]
  )
  await trx.rawQuery(
    `insert into reconfirmation_people (workspace_id, reconfirmation_id, contact_id, topic_id)
     select b.workspace_id, ?, unnest(b.contact_ids), ? from batches b where b.workspace_id = ? and b.shipment_id =
       (select s.id from shipments s where s.workspace_id = ? and s.campaign_id = ?)
     on conflict (workspace_id, reconfirmation_id, contact_id) do nothing`,
    [id, rows[0].topic_id, workspaceId, workspaceId, campaignId]
  )
  await trx.rawQuery(
    `update reconfirmation_people a set state = 'not_asked', reason = x.reason
     from (select reason, unnest(contact_ids) as contact_id from exclusions where workspace_id = ? and campaign_id = ?) x
     where a.workspace_id = ? and a.reconfirmation_id = ? and a.contact_id = x.contact_id and a.state = 'chosen'`,
    [workspaceId, campaignId, workspaceId, id]
  )
  const about = { workspaceId, actor, subject: { type: 'reconfirmation', id }, trx }
  await audit('reconfirmation.opened', { ...about, details: { campaign_id: String(campaignId) } })
  await touch(trx, workspaceId, ['reconfirmations', `reconfirmations/${id}`])
}

/** The sending was taken back while nothing had left: nobody was asked. */
export async function takeBackAsking({ workspaceId, id, trx }: Asking): Promise<void> {
  const asks = await Reconfirmation.of({ id: workspaceId }, { client: trx }).forUpdate().findOrFail(id)
  const people = trx.from('reconfirmation_people').where({ workspace_id: workspaceId, reconfirmation_id: id })
  if (asks.kind === 'sunset') {
    await oneQuestionAtATime(workspaceId, trx)
    await people
      .whereRaw(
        `not exists (select from reconfirmation_people other where other.workspace_id = reconfirmation_people.workspace_id
           and other.contact_id = reconfirmation_people.contact_id and other.state = 'chosen')`
      )
      .update({ state: 'chosen', reason: null })
  } else await people.delete()
  await asks.merge({ state: 'draft', openedAt: null, answersUntil: null }).save()
  await touch(trx, workspaceId, ['reconfirmations', `reconfirmations/${id}`])
}

/**
 * Ends a re-confirmation before its time: a draft asks nobody; of one that is waiting, who has not answered stays as they are.
 *
 * @throws ReconfirmationInOtherState (409)
 */
export async function cancelReconfirmation({ workspaceId, id, actor, trx }: Asking & { actor: Actor }) {
  const asks = await Reconfirmation.of({ id: workspaceId }, { client: trx }).forUpdate().findOrFail(id)
  if (asks.state !== 'draft' && asks.state !== 'asking') throw inOtherState(asks)
  const itself = trx.from('reconfirmations').where({ workspace_id: workspaceId, id })
  if (asks.state === 'asking') {
    await itself.update({ silence: 'keep', answers_until: trx.raw('clock_timestamp()') })
  } else {
    await trx.from('reconfirmation_people').where({ workspace_id: workspaceId, reconfirmation_id: id }).delete()
    await itself.update({ state: 'cancelled', closed_at: trx.raw('clock_timestamp()') })
  }
  await audit('reconfirmation.cancelled', {
    workspaceId,
    actor,
    subject: { type: 'reconfirmation', id },
    details: { silence: asks.silence },
    trx,
  })
  await touch(trx, workspaceId, ['reconfirmations', `reconfirmations/${id}`])
}
