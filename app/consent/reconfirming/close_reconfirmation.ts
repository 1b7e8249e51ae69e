import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { audit, theSystem } from '#identity'
import { touch } from '#platform'
import type { Basis } from '../bases.ts'
import { Reconfirmation } from '../models/reconfirmation.ts'
import { recordConsent } from '../record_consent.ts'
import { putToRest } from '../rests.ts'
import { lastSignOfLife } from './sign_of_life.ts'
import { countAnswers } from './count_answers.ts'

/** So many people in one transaction. */
const LOT = 500

/**
 * The time for answers is over: each person who was chosen becomes what they are (below), and for those who were silent what was
 * chosen beforehand happens; not after a backup was restored, for answers that came after it was made are gone. Lot by lot, so
 * that a restart goes on where it stood and two workers share the work; who is settled is never settled again. Nothing happens
 * while a mail of it is still on its way.
 *
 * @returns how many people were settled
 */
export async function closeReconfirmation({ workspaceId, id }: { workspaceId: number; id: number }): Promise<number> {
  let settled = 0
  for (;;) {
    const lot = await db.transaction((trx) => settleLot({ workspaceId, id, trx }))
    if (lot === 0) break
    settled += lot
  }
  await db.transaction((trx) => close({ workspaceId, id, trx }))
  return settled
}

interface At {
  workspaceId: number
  id: number
  trx: TransactionClientContract
}

async function settleLot({ workspaceId, id, trx }: At): Promise<number> {
  const asks = await Reconfirmation.of({ id: workspaceId }, { client: trx }).where({ id, state: 'asking' }).first()
  if (!asks || (await isOnItsWay(asks, trx))) return 0
  if (asks.silence !== 'keep' && (await wasRestoredSince(asks, trx))) await keepThemAll(asks, trx)
  const people = await outcomesOf(asks, trx)
  if (people.length === 0) return 0
  await trx.rawQuery(
    `update reconfirmation_people a set state = o.state, reason = o.reason
     from unnest(?::bigint[], ?::text[], ?::text[]) as o (contact_id, state, reason)
     where a.workspace_id = ? and a.reconfirmation_id = ? and a.contact_id = o.contact_id`,
    [
      people.map(({ contact_id: contactId }) => contactId),
      people.map(({ state }) => state),
      people.map(({ reason }) => reason),
      workspaceId,
      id,
    ] as any[]
  )
  await applySilence(
    asks,
    people.filter(({ state }) => state === 'silent'),
    trx
  )
  await touch(trx, workspaceId, ['reconfirmations', `reconfirmations/${id}`])
  return people.length
}

/** Reads `shipments`, which delivery owns, and `campaigns`. */
async function isOnItsWay({ workspaceId, campaignId, reminderId }: Reconfirmation, trx: TransactionClientContract) {
  const { rows } = await trx.rawQuery(
    `select from shipments s where s.workspace_id = ? and s.campaign_id = any(?) and s.finished_at is null limit 1`,
    [workspaceId, [campaignId, reminderId].filter((one) => one !== null)] as any[]
  )
  return rows.length > 0
}

/** Reads `sending_watch`, which delivery owns: when it was last noticed that this database is another than it was. */
async function wasRestoredSince({ openedAt }: Reconfirmation, trx: TransactionClientContract) {
  const { rows } = await trx.rawQuery('select from sending_watch where held_at > ?', [openedAt!.toUTC().toISO()!])
  return rows.length > 0
}

async function keepThemAll(asks: Reconfirmation, trx: TransactionClientContract) {
  const { workspaceId, id, silence } = asks
  asks.silence = 'keep'
  await trx.from('reconfirmations').where({ workspace_id: workspaceId, id }).update({ silence: 'keep' })
  await audit('reconfirmation.kept_after_restore', {
    workspaceId,
    actor: theSystem,
    subject: { type: 'reconfirmation', id },
    details: { silence },
    trx,
  })
}

interface Outcome {
  contact_id: number
  state: 'confirmed' | 'declined' | 'reacted' | 'silent' | 'not_asked'
  reason: string | null
  basis: Basis
}

/**
 * What became of them, the first that holds: they are gone; they left meanwhile; they agreed anew by another way; the question did
 * not reach them, or so late that half of the time was over; they showed that they are there (sunset); else they were silent.
 */
async function outcomesOf(
  { workspaceId, id, kind, topicId, channel, campaignId, openedAt, answersUntil }: Reconfirmation,
  trx: TransactionClientContract
): Promise<Outcome[]> {
  const life = lastSignOfLife(workspaceId)
  const { rows } = await trx.rawQuery(
    `with p as materialized (
       select a.contact_id, a.chosen_at from reconfirmation_people a
       where a.workspace_id = ? and a.reconfirmation_id = ? and a.state = 'chosen'
       order by a.contact_id limit ${LOT} for update skip locked
     )
     select p.contact_id, k.basis,
       case when c.id is null then 'not_asked'
            when k.status is distinct from 'granted' then 'declined'
            when k.since > p.chosen_at then 'confirmed'
            when m.accepted_at is null or m.state not in ('accepted', 'sent', 'delivered') then 'not_asked'
            when m.accepted_at > ?::timestamptz - (?::timestamptz - ?::timestamptz) / 2 then 'not_asked'
            when ${kind === 'sunset' ? `${life.sql} > p.chosen_at` : 'false'} then 'reacted'
            else 'silent' end as state,
       case when c.id is null then 'deleted'
            when k.status is distinct from 'granted' or k.since > p.chosen_at then null
            when m.contact_id is null then 'cancelled'
            when m.accepted_at is null or m.state not in ('accepted', 'sent', 'delivered') then coalesce(m.reason, m.state)
            when m.accepted_at > ?::timestamptz - (?::timestamptz - ?::timestamptz) / 2 then 'no_time' end as reason
     from p
     left join lateral (select id from contacts where workspace_id = ? and id = p.contact_id and deleted_at is null limit 1) c on true
     left join lateral (select status, since, basis from consents
       where workspace_id = ? and contact_id = p.contact_id and channel = ? and topic_id = ? limit 1) k on true
     left join lateral (select contact_id, state, reason, accepted_at from messages
       where workspace_id = ? and contact_id = p.contact_id and campaign_id = ? limit 1) m on true
     order by p.contact_id`,
    [
      workspaceId,
      id,
      ...promised(openedAt, answersUntil),
      ...(kind === 'sunset' ? life.bindings : []),
      ...promised(openedAt, answersUntil),
      workspaceId,
      workspaceId,
      channel,
      topicId,
      workspaceId,
      campaignId,
    ] as any[]
  )
  return rows
}

const promised = (openedAt: Reconfirmation['openedAt'], answersUntil: Reconfirmation['answersUntil']) =>
  [answersUntil, answersUntil, openedAt].map((moment) => moment!.toUTC().toISO()!)

async function applySilence(asks: Reconfirmation, silent: Outcome[], trx: TransactionClientContract) {
  if (silent.length === 0 || asks.silence === 'keep') return
  const { workspaceId, id, topicId, channel } = asks
  const about = { workspaceId, channel, topicId, actor: theSystem, trx }
  const idsOf = (people: Outcome[]) => people.map(({ contact_id: contactId }) => contactId)
  if (asks.silence === 'rest') {
    return putToRest({ ...about, contactIds: idsOf(silent), reconfirmationId: id })
  }
  for (const basis of new Set(silent.map((one) => one.basis))) {
    await recordConsent({
      ...about,
      people: idsOf(silent.filter((one) => one.basis === basis)),
      action: 'withdraw',
      basis,
      statement: `Ended as announced: they were asked whether they still want it, and did not answer until ${asks.answersUntil!.toUTC().toISODate()}.`,
      source: 're-confirmation',
      sourceKind: 'team',
      sourceRef: `reconfirmation:${id}`,
      reason: 'no answer',
    })
  }
}

/** Nobody waits any more: the account is written down. Another worker may have been faster. */
async function close({ workspaceId, id, trx }: At) {
  const asks = await Reconfirmation.of({ id: workspaceId }, { client: trx })
    .where({ id, state: 'asking' })
    .forUpdate()
    .first()
  if (!asks) return
  const waits = await trx
    .from('reconfirmation_people')
    .where({ workspace_id: workspaceId, reconfirmation_id: id, state: 'chosen' })
    .first()
  if (waits) return
  await trx
    .from('reconfirmations')
    .where({ workspace_id: workspaceId, id })
    .update({ state: 'closed', closed_at: trx.raw('clock_timestamp()') })
  const [counts] = await countAnswers({ workspaceId, ids: [id], client: trx })
  await audit('reconfirmation.closed', {
    workspaceId,
    actor: theSystem,
    subject: { type: 'reconfirmation', id },
    details: { silence: asks.silence, ...counts },
    trx,
  })
  await touch(trx, workspaceId, ['reconfirmations', `reconfirmations/${id}`])
}
