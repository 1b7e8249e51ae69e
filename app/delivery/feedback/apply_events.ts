import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { announce, failureForLog, touch, type LoopContext, type WorkerLoop } from '#platform'
import { isProblem } from '../accounting/books.ts'
import { onTheWay } from '../accounting/on_the_way.ts'
import { tellBooks } from '../accounting/tell_books.ts'
import { heedDeferrals } from '../domain_pace/heed_deferrals.ts'
import { knownPaces } from '../domain_pace/paces.ts'
import { applyToServiceMail } from './apply_to_service_mail.ts'
import { happeningIn, messageIn, serviceMessageIn, type StoredEvent } from './event_meaning.ts'
import { after, isOnlyNoted, mayHear, standingOf, type Happening, type Standing } from './message_states.ts'
import { heed, type Reaction } from './reactions.ts'
import { mirrorSuppression } from './mirror_suppression.ts'

const AT_ONCE = 500

/**
 * An event may come before our own commit: it waits 2, 4, … 64 seconds, two minutes in all. While its message is on the
 * way (the answer to our call was lost, say), it waits for as long as that takes.
 */
const PATIENCE = 6

export const feedback: WorkerLoop = {
  name: 'feedback',
  async run({ signal, idle }: LoopContext) {
    while (!signal.aborted) if ((await applyEvents()) < AT_ONCE) await idle(500)
  },
}

interface Due {
  workspaceId?: number | null
  /** Only this one. */
  id?: number | null
}

/**
 * Works out what stored events mean: messages move on, permanent bounces and complaints suppress, all in the one
 * transaction that marks the events as applied. Twice, late or out of order does no harm. When one of them fails in a
 * way that nobody foresaw, they go one by one, so that it stops itself and not the others.
 *
 * @returns how many were looked at
 */
export async function applyEvents(due: Due = {}): Promise<number> {
  for (let time = 1; ; time++) {
    try {
      return await applyDue(due)
    } catch (error) {
      if (isDeadlock(error) && time < TIMES) continue
      logger.error({ failure: failureForLog(error) }, 'events of the provider failed together, trying one by one')
      return applyOneByOne(due)
    }
  }
}

const TIMES = 4
const isDeadlock = (error: unknown) => (error as { code?: string }).code === '40P01'

/**
 * Two workers do so at once. Locks are taken in one order, so that none waits for the other in a circle: first all messages,
 * by workspace and campaign, then what follows from them, then the paces of domains, which all campaigns share.
 */
async function applyDue(due: Due): Promise<number> {
  await knownPaces()
  return db.transaction(async (trx) => {
    const events = await takeDue(trx, due)
    const outcomes = new Map<number, string>()
    const scenes: Scene[] = []
    for (const [workspaceId, those] of inOrder(Map.groupBy(events, (event) => event.workspaceId))) {
      const ours = those.filter((event) => happeningIn(event) !== null && messageIn(event) !== null)
      const service = those.filter((event) => happeningIn(event) !== null && serviceMessageIn(event) !== null)
      const others = those.filter((one) => !ours.includes(one) && !service.includes(one))
      const reactions = await applyToServiceMail({ workspaceId, events: service, outcomes, trx })
      scenes.push({ workspaceId, campaignId: null, reactions, others })
      for (const [campaignId, told] of inOrder(Map.groupBy(ours, (event) => messageIn(event)!.campaignId))) {
        scenes.push(await applyToCampaign({ workspaceId, campaignId, events: told, outcomes, trx }))
      }
    }
    for (const { reactions, others = [], ...scene } of scenes) {
      for (const event of others) outcomes.set(event.id, await other(event, trx))
      await heed(reactions, { ...scene, trx })
    }
    await heedDeferrals(scenes, trx)
    await markApplied(events, outcomes, trx)
    return events.length
  })
}

interface Scene {
  workspaceId: number
  /** Null: service mail. */
  campaignId: number | null
  reactions: Reaction[]
  /** Events that are about no message. */
  others?: StoredEvent[]
}

const inOrder = <T>(groups: Map<number, T>) => [...groups].sort(([a], [b]) => a - b)

async function applyOneByOne(due: Due): Promise<number> {
  const events = await db.transaction((trx) => takeDue(trx, due))
  for (const { workspaceId, id, attempts } of events) {
    try {
      await applyDue({ workspaceId, id })
    } catch (error) {
      logger.error({ event: id, attempts, failure: failureForLog(error) }, 'an event of the provider failed')
      const outcome = attempts < PATIENCE || isPassing(error) ? 'waiting' : 'failed'
      await db.transaction((trx) => markApplied([{ workspaceId, id }], new Map([[id, outcome]]), trx))
    }
  }
  return events.length
}

/** Of the database, not of the event (PostgreSQL, "Error codes": connection, rollback, resources, operator, system). */
const isPassing = (error: unknown) => /^(08|40|53|55|57|58)/.test(String((error as { code?: string }).code ?? ''))

async function takeDue(trx: TransactionClientContract, { workspaceId = null, id = null }: Due): Promise<StoredEvent[]> {
  const { rows } = await trx.rawQuery(
    `select id, workspace_id as "workspaceId", type, body, occurred_at as "occurredAt", attempts from provider_events
     where applied_at is null and not_before <= now() and workspace_id = coalesce(?, workspace_id) and id = coalesce(?, id)
     order by not_before, id limit ${AT_ONCE} for update skip locked`,
    [workspaceId, id] as any[]
  )
  return rows
}

async function other(event: StoredEvent, trx: TransactionClientContract): Promise<string> {
  if (event.type === 'suppression.added') return mirrorSuppression(event, trx)
  if (event.type === 'mailbox.unsubscribe') return tellWhoLeft(event, trx)
  return event.type === 'mailbox.unmatched' ? 'unmatched' : 'ignored'
}

/** Somebody left by mail: those who keep what readers want write it down (`reader.left_by_mail`). */
async function tellWhoLeft(event: StoredEvent, trx: TransactionClientContract): Promise<string> {
  const { campaignId, contactId } = messageIn(event)!
  const payload = { campaign_id: campaignId, contact_id: contactId }
  await announce('reader.left_by_mail', { workspaceId: event.workspaceId, payload, trx })
  return 'applied'
}

interface Campaign {
  workspaceId: number
  campaignId: number
  events: StoredEvent[]
  outcomes: Map<number, string>
  trx: TransactionClientContract
}

async function applyToCampaign({ workspaceId, campaignId, events, outcomes, trx }: Campaign): Promise<Scene> {
  const shipment = await trx.from('shipments').where({ workspace_id: workspaceId, campaign_id: campaignId }).first()
  const month: string | null = shipment?.month ?? null
  const contactIds = [...new Set(events.map((event) => messageIn(event)!.contactId))]
  const found =
    month === null ? new Map<number, any>() : await lockMessages({ workspaceId, month, campaignId, contactIds, trx })
  const missing = contactIds.filter((id) => !found.has(id))
  const coming = new Set(await onTheWay({ workspaceId, campaignId, contactIds: missing }, trx))
  const arrived = month === null ? [] : missing.filter((id) => !coming.has(id))
  if (arrived.length > 0) {
    const late = await lockMessages({ workspaceId, month: month!, campaignId, contactIds: arrived, trx })
    for (const [id, row] of late) found.set(id, row)
  }
  const changed = new Map<number, Standing>()
  const reactions: Reaction[] = []
  for (const event of events) {
    const { contactId } = messageIn(event)!
    const happening = happeningIn(event)!
    const row = found.get(contactId)
    const standing = changed.get(contactId) ?? (row ? standingOf(row) : null)
    const outcome = coming.has(contactId) ? 'waiting' : judge(standing, happening, event)
    outcomes.set(event.id, outcome)
    if (outcome !== 'applied') continue
    if (!isOnlyNoted(happening)) changed.set(contactId, after(standing!, happening))
    reactions.push({ contactId, email: row.email, happening })
  }
  if (changed.size > 0) await write({ workspaceId, month: month!, campaignId, changed, trx })
  if ([...changed].some(([id, { state }]) => isProblem(state) !== isProblem(found.get(id).state)))
    await tellBooks({ workspaceId, campaignId, trx })
  if (reactions.length > 0) await touch(trx, workspaceId, ['campaigns', `campaigns/${campaignId}`])
  return { workspaceId, campaignId, reactions }
}

export function judge(standing: Standing | null, happening: Happening, { attempts }: StoredEvent): string {
  if (!standing) return attempts < PATIENCE ? 'waiting' : 'unknown_message'
  if (!mayHear(standing.state)) return 'not_sent'
  const ids = [standing.providerId, happening.providerId]
  const isOther = !ids.includes(null) && ids[0] !== ids[1]
  return isOther ? 'other_mail' : 'applied'
}

interface Messages {
  workspaceId: number
  month: string
  campaignId: number
  trx: TransactionClientContract
}

async function lockMessages({ workspaceId, month, campaignId, contactIds, trx }: Messages & { contactIds: number[] }) {
  const { rows } = await trx.rawQuery(
    `select * from messages
     where workspace_id = ? and month = ? and campaign_id = ? and contact_id = any(?::bigint[])
     order by contact_id for update`,
    [workspaceId, month, campaignId, contactIds] as any[]
  )
  return new Map<number, any>(rows.map((row: any) => [row.contact_id, row]))
}

async function write({ workspaceId, month, campaignId, changed, trx }: Messages & { changed: Map<number, Standing> }) {
  const ids = [...changed.keys()]
  const column = (name: keyof Standing) => ids.map((id) => changed.get(id)![name])
  const at = (name: keyof Standing) => ids.map((id) => (changed.get(id)![name] as Date | null)?.toISOString() ?? null)
  await trx.rawQuery(
    `update messages m
     set state = n.state, state_at = n.state_at, reason = n.reason, note = n.note, provider_id = n.provider_id,
         accepted_at = n.accepted_at, sent_at = n.sent_at, delayed_at = n.delayed_at, delivered_at = n.delivered_at, ended_at = n.ended_at, found_at = n.found_at
     from unnest(?::bigint[], ?::text[], ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[])
       as n (contact_id, state, state_at, reason, note, provider_id, accepted_at, sent_at, delayed_at, delivered_at, ended_at, found_at)
     where m.workspace_id = ? and m.month = ? and m.campaign_id = ? and m.contact_id = any(?::bigint[]) and n.contact_id = m.contact_id`,
    [
      ids,
      column('state'),
      at('stateAt'),
      column('reason'),
      column('note'),
      column('providerId'),
      at('acceptedAt'),
      at('sentAt'),
      at('delayedAt'),
      at('deliveredAt'),
      at('endedAt'),
      at('foundAt'),
      workspaceId,
      month,
      campaignId,
      ids,
    ] as any[]
  )
}

async function markApplied(
  events: Pick<StoredEvent, 'workspaceId' | 'id'>[],
  outcomes: Map<number, string>,
  trx: TransactionClientContract
) {
  if (events.length === 0) return
  await trx.rawQuery(
    `update provider_events e
     set attempts = attempts + 1, outcome = n.outcome, applied_at = case when n.outcome = 'waiting' then null else now() end,
         not_before = case when n.outcome = 'waiting' then now() + make_interval(secs => power(2, least(attempts + 1, 6))) else not_before end
     from unnest(?::bigint[], ?::bigint[], ?::text[]) as n (workspace_id, id, outcome)
     where e.workspace_id = n.workspace_id and e.id = n.id and e.applied_at is null and e.id = any(?::bigint[])`,
    [
      events.map((event) => event.workspaceId),
      events.map((event) => event.id),
      events.map((event) => outcomes.get(event.id) ?? 'ignored'),
      events.map((event) => event.id),
    ] as any[]
  )
}
