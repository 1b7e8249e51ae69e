import type { QueryClientContract } from '@adonisjs/lucid/types/database'

/**
 * The account of one campaign, in people: `candidates = excluded + queued + sending + accepted + failed + withheld +
 * unconfirmed + cancelled`, at any moment. delivered, bounced, complained and suppressed are parts of accepted.
 */
export interface Books {
  candidates: number
  excluded: number
  queued: number
  sending: number
  accepted: number
  delivered: number
  bounced: number
  complained: number
  suppressed: number
  failed: number
  withheld: number
  unconfirmed: number
  cancelled: number
}

interface ShipmentRow {
  workspace_id: number
  id: number
  campaign_id: number
  month: string
  candidates: number
  excluded: Record<string, number>
}

/** One statement, so one moment: nobody is counted twice while they move from waiting to sent. */
export async function booksOf(shipment: ShipmentRow, client: QueryClientContract): Promise<Books> {
  const { rows } = await client.rawQuery(
    `select
       (select coalesce(jsonb_object_agg(state, n), '{}') from (
          select state, count(*) as n from messages where workspace_id = ? and month = ? and campaign_id = ? group by state
        ) as m) as people,
       (select coalesce(jsonb_object_agg(state, n), '{}') from (
          select state, sum(cardinality(contact_ids)) as n from batches
          where workspace_id = ? and shipment_id = ? and state in ('queued', 'leased', 'sealed', 'cancelled') group by state
        ) as b) as waiting`,
    [shipment.workspace_id, shipment.month, shipment.campaign_id, shipment.workspace_id, shipment.id]
  )
  const { people, waiting } = rows[0] as { people: Record<string, number>; waiting: Record<string, number> }
  const count = (...states: string[]) => states.reduce((sum, state) => sum + Number(people[state] ?? 0), 0)
  return {
    candidates: shipment.candidates,
    excluded: Object.values(shipment.excluded).reduce((sum, n) => sum + Number(n), 0),
    queued: Number(waiting.queued ?? 0) + Number(waiting.leased ?? 0),
    sending: Number(waiting.sealed ?? 0),
    accepted: count('accepted', 'sent', 'delayed', 'delivered', 'bounced', 'complained', 'suppressed'),
    delivered: count('delivered', 'complained'),
    bounced: count('bounced'),
    complained: count('complained'),
    suppressed: count('suppressed'),
    failed: count('failed'),
    withheld: count('withheld'),
    unconfirmed: count('unconfirmed'),
    cancelled: count('cancelled') + Number(waiting.cancelled ?? 0),
  }
}

/** Everyone of the audience, exactly once. */
export const closes = (b: Books) =>
  b.candidates === b.excluded + b.queued + b.sending + b.accepted + b.failed + b.withheld + b.unconfirmed + b.cancelled

/** States that leave a campaign with problems. */
export const isProblem = (state: string) => state === 'failed' || state === 'unconfirmed'

export const hasProblems = (books: Books) => !closes(books) || books.failed + books.unconfirmed > 0

/** Whether an ended campaign has problems still; null: it has not ended, or was never sent. */
export async function endedWithProblems(
  { workspaceId, campaignId }: { workspaceId: number; campaignId: number },
  client: QueryClientContract
): Promise<boolean | null> {
  const shipment = await client
    .from('shipments')
    .where({ workspace_id: workspaceId, campaign_id: campaignId })
    .whereNotNull('finished_at')
    .first()
  return shipment ? hasProblems(await booksOf(shipment, client)) : null
}
