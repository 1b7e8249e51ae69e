import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { SoughtMail } from '#channels'
import { touch } from '#platform'
import { DECIDED_NOT_SENT } from '../feedback/message_states.ts'
import type { Reading } from './list_reading.ts'

/** A mail in doubt, and the call that it was in. */
export interface Doubt extends SoughtMail {
  callKind: 'batch' | 'service_message'
  callId: number
  /** Null: service mail. */
  campaign: { id: number; month: string; contactId: number } | null
}

/**
 * Whoever is in doubt at an account still, and of whom a person said that they did not get it: the provider knows better. Not
 * whose address is no longer known, for they could not be found. Few: a campaign whose calls go on ending so stops.
 */
export async function soughtMails(
  { workspaceId, account }: Pick<Reading, 'workspaceId' | 'account'>,
  client: QueryClientContract = db.connection()
): Promise<Doubt[]> {
  const { rows: calls } = await client.rawQuery(
    `select d.call_kind, d.call_id, b.campaign_id, b.month, b.contact_ids
     from doubts d left join batches b on d.call_kind = 'batch' and b.workspace_id = d.workspace_id and b.id = d.call_id
     where d.workspace_id = ? and d.account = ?`,
    [workspaceId, account]
  )
  const batches = calls.filter((call: any) => call.campaign_id !== null)
  const found: Doubt[] = []
  for (const those of Map.groupBy(batches, ({ campaign_id: id }: any) => id).values()) {
    found.push(...(await peopleInDoubt(workspaceId, those, client)))
  }
  const services = calls.filter((call: any) => call.call_kind === 'service_message').map((call: any) => call.call_id)
  if (services.length > 0) found.push(...(await serviceMailInDoubt(workspaceId, services, client)))
  return found
}

async function peopleInDoubt(workspaceId: number, batches: any[], client: QueryClientContract): Promise<Doubt[]> {
  const [{ campaign_id: id, month }] = batches
  const { rows } = await client.rawQuery(
    `select contact_id, batch_id, email from messages
     where workspace_id = ? and month = ? and campaign_id = ? and contact_id = any(?::bigint[]) and batch_id = any(?::bigint[])
       and (state = 'unconfirmed' or (state = 'failed' and reason = ?)) and email is not null`,
    [
      workspaceId,
      month,
      id,
      batches.flatMap((one) => one.contact_ids),
      batches.map((one) => one.call_id),
      DECIDED_NOT_SENT,
    ] as any[]
  )
  return rows.map((row: any) => ({
    to: row.email,
    tags: { w: String(workspaceId), c: String(id), m: String(row.contact_id) },
    callKind: 'batch',
    callId: row.batch_id,
    campaign: { id, month, contactId: row.contact_id },
  }))
}

async function serviceMailInDoubt(workspaceId: number, ids: number[], client: QueryClientContract): Promise<Doubt[]> {
  const { rows } = await client.rawQuery(
    `select id, email from service_messages
     where workspace_id = ? and id = any(?::bigint[]) and state = 'unconfirmed' and email is not null`,
    [workspaceId, ids] as any[]
  )
  return rows.map((row: any) => ({
    to: row.email,
    tags: { w: String(workspaceId), s: String(row.id) },
    callKind: 'service_message',
    callId: row.id,
    campaign: null,
  }))
}

export const NOT_LISTED = 'not_in_providers_list'
const NOTE = 'It is not in the provider’s own list of mails.'

/** A call may be taken long after we stopped waiting for its answer. */
const SURE_MINUTES = 15

/**
 * The list was read completely, from before these mails were handed over until well after we had given them up, and they are
 * not in it: they stay unconfirmed, with that as the reason, until a person decides.
 */
export async function markMissing(
  { workspaceId, beganAt }: Reading,
  missing: Doubt[],
  trx: TransactionClientContract
): Promise<void> {
  const ofCampaigns = missing.filter(({ campaign }) => campaign !== null)
  const isOver = `state = 'unconfirmed' and reason = 'unconfirmed' and ended_at <= ?::timestamptz - make_interval(mins => ${SURE_MINUTES})`
  for (const [id, those] of Map.groupBy(ofCampaigns, ({ campaign }) => campaign!.id)) {
    const { rowCount } = await trx.rawQuery(
      `update messages set reason = '${NOT_LISTED}', note = concat_ws(' ', note, ?::text)
       where workspace_id = ? and month = ? and campaign_id = ? and contact_id = any(?::bigint[]) and batch_id = any(?::bigint[]) and ${isOver}`,
      [
        NOTE,
        workspaceId,
        those[0].campaign!.month,
        id,
        those.map(({ campaign }) => campaign!.contactId),
        [...new Set(those.map(({ callId }) => callId))],
        beganAt,
      ] as any[]
    )
    if (rowCount > 0) await touch(trx, workspaceId, [`campaigns/${id}`])
  }
  const services = missing.filter(({ campaign }) => campaign === null).map(({ callId }) => callId)
  if (services.length === 0) return
  await trx.rawQuery(
    `update service_messages set reason = '${NOT_LISTED}', note = concat_ws(' ', note, ?::text)
     where workspace_id = ? and id = any(?::bigint[]) and ${isOver}`,
    [NOTE, workspaceId, services, beganAt] as any[]
  )
}

/** Whoever is in doubt still, and was not found a moment ago: what was found is written at its message by the feedback. */
export async function notFound(reading: Reading, trx: TransactionClientContract): Promise<Doubt[]> {
  const { rows } = await trx.rawQuery(
    `select body->'data'->'tags' as tags from provider_events where applied_at is null and workspace_id = ? and type = 'list.found'`,
    [reading.workspaceId]
  )
  const wasFound = new Set(rows.map(({ tags }: any) => nameOf(tags)))
  return (await soughtMails(reading, trx)).filter(({ tags }) => !wasFound.has(nameOf(tags)))
}

const nameOf = ({ c = '', m = '', s = '' }: Record<string, string>) => [c, m, s].join('/')
