import { Readable } from 'node:stream'
import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { letterNo } from './letters_of.ts'

/** `queued_at`: when they were frozen into the audience. A step that was not taken, or that nobody told of, is empty. */
export const receiptColumns = [
  'contact_id',
  'email',
  'first_name',
  'last_name',
  'outcome',
  'reason',
  'note',
  'queued_at',
  'sealed_at',
  'accepted_at',
  'sent_at',
  'delayed_at',
  'delivered_at',
  'ended_at',
  'unsubscribed_at',
  'provider_id',
  'letter',
  'found_in_list_at',
]
const PAGE = 2_000

/**
 * Every person of a frozen audience, by name and reason, as CSV: the sent and withheld by contact, then the excluded,
 * then those who wait or were cancelled. Read in pages, so any size costs the same memory. Null when never sent.
 */
export async function receiptCsv({
  workspaceId,
  campaignId,
}: {
  workspaceId: number
  campaignId: number
}): Promise<Readable | null> {
  const shipment = await db.from('shipments').where({ workspace_id: workspaceId, campaign_id: campaignId }).first()
  return shipment ? Readable.from(receiptLines(shipment, db.connection())) : null
}

/** A page of lines at a time, the names of the columns first. */
export async function* receiptLines(shipment: any, client: QueryClientContract) {
  yield `\uFEFF${receiptColumns.join(',')}\r\n`
  for (const pages of [messages(shipment, client), excluded(shipment, client), unsent(shipment, client)]) {
    for await (const rows of pages) yield rows.map(csvLine).join('')
  }
}

async function* messages(shipment: any, client: QueryClientContract) {
  const { workspace_id: workspaceId, month, campaign_id: campaignId } = shipment
  for (let after = 0; ;) {
    const { rows } = await client.rawQuery(
      `select m.contact_id, coalesce(m.email, c.email) as email, c.first_name, c.last_name, m.state as outcome, m.reason, m.note,
         m.sealed_at, m.accepted_at, m.sent_at, m.delayed_at, m.delivered_at, m.ended_at, m.unsubscribed_at, m.provider_id, m.found_at as found_in_list_at, b.edition_id
       from messages m
       left join contacts c on c.workspace_id = m.workspace_id and c.id = m.contact_id
       left join batches b on b.workspace_id = m.workspace_id and b.id = m.batch_id
       where m.workspace_id = ? and m.month = ? and m.campaign_id = ? and m.contact_id > ?
       order by m.contact_id limit ${PAGE}`,
      [workspaceId, month, campaignId, after]
    )
    if (rows.length === 0) return
    yield rows.map((row: any) => ({
      ...row,
      queued_at: shipment.created_at,
      letter: letterNo(shipment, row.edition_id),
    }))
    after = rows.at(-1).contact_id
  }
}

async function* excluded({ workspace_id: workspaceId, campaign_id: campaignId }: any, client: QueryClientContract) {
  for (let after: [string, number] = ['', -1]; ;) {
    const { rows } = await client.rawQuery(
      `select reason, no, contact_ids from exclusions
       where workspace_id = ? and campaign_id = ? and (reason, no) > (?, ?) order by reason, no limit 1`,
      [workspaceId, campaignId, ...after]
    )
    if (rows.length === 0) return
    const [{ reason, no, contact_ids: ids }] = rows
    yield named(workspaceId, ids, { outcome: 'excluded', reason }, client)
    after = [reason, no]
  }
}

async function* unsent(
  { workspace_id: workspaceId, id: shipmentId, created_at: queuedAt }: any,
  client: QueryClientContract
) {
  for (let after = 0; ;) {
    const { rows } = await client.rawQuery(
      `select id, state, contact_ids, finished_at from batches
       where workspace_id = ? and shipment_id = ? and state in ('queued', 'leased', 'sealed', 'cancelled') and id > ? order by id limit 1`,
      [workspaceId, shipmentId, after]
    )
    if (rows.length === 0) return
    const [{ id, state, contact_ids: ids, finished_at: endedAt }] = rows
    const outcome = state === 'cancelled' ? 'cancelled' : state === 'sealed' ? 'sending' : 'queued'
    const reason = state === 'cancelled' ? 'cancelled' : null
    yield named(workspaceId, ids, { outcome, reason, queued_at: queuedAt, ended_at: endedAt }, client)
    after = id
  }
}

/** The people behind a manifest's ids; who was deleted since is still a line. */
async function named(workspaceId: number, ids: number[], facts: Record<string, unknown>, client: QueryClientContract) {
  const { rows } = await client.rawQuery(
    `select wanted.id as contact_id, c.email, c.first_name, c.last_name
     from unnest(?::bigint[]) as wanted (id) left join contacts c on c.workspace_id = ? and c.id = wanted.id`,
    [ids, workspaceId] as any[]
  )
  return rows.map((row: any) => ({ ...row, ...facts }))
}

const csvLine = (row: Record<string, unknown>) => `${receiptColumns.map((column) => cell(row[column])).join(',')}\r\n`

/** Quoted where needed; what a spreadsheet would run as a formula gets an apostrophe before it (OWASP, CSV injection). */
function cell(value: unknown): string {
  if (value === null || value === undefined) return ''
  const text = value instanceof Date ? value.toISOString() : String(value)
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
