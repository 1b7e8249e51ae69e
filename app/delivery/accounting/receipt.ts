import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { booksOf, closes } from './books.ts'
import { lettersOf, type Letter } from './letters_of.ts'

type Reasons = Record<string, number>

export interface Receipt {
  candidates: number
  excluded: { total: number; reasons: Reasons }
  /** `reasons`: what became of them, as far as the provider told. */
  accepted: { total: number; reasons: Reasons }
  withheld: { total: number; reasons: Reasons }
  failed: { total: number; reasons: Reasons }
  unconfirmed: { total: number; reasons: Reasons }
  cancelled: { total: number; reasons: Reasons }
  /** Who is still waiting: zero once the account is closed. */
  open: number
  /** Everyone of the frozen audience stands in exactly one of the lines above. */
  closes: boolean
  /** One, unless it was changed on the way: then who still waited got the next. */
  letters: Letter[]
  frozen_at: string
  finished_at: string | null
}

/** The account of a campaign, every line with its reasons; null when it was never sent. */
export async function receipt(
  { workspaceId, campaignId }: { workspaceId: number; campaignId: number },
  client: QueryClientContract = db.connection()
): Promise<Receipt | null> {
  const shipment = await client.from('shipments').where({ workspace_id: workspaceId, campaign_id: campaignId }).first()
  if (!shipment) return null
  const books = await booksOf(shipment, client)
  const by = await reasonsByLine(shipment, client)
  const line = (total: number, reasons: Reasons = {}) => ({ total, reasons })
  return {
    candidates: books.candidates,
    excluded: line(books.excluded, shipment.excluded),
    accepted: line(books.accepted, by.accepted),
    withheld: line(books.withheld, by.withheld),
    failed: line(books.failed, by.failed),
    unconfirmed: line(books.unconfirmed, by.unconfirmed),
    cancelled: line(books.cancelled, books.cancelled > 0 ? { cancelled: books.cancelled } : {}),
    open: books.queued + books.sending,
    closes: closes(books),
    letters: await lettersOf(shipment, client),
    frozen_at: shipment.created_at.toISOString(),
    finished_at: shipment.finished_at?.toISOString() ?? null,
  }
}

/** Withheld, failed and unconfirmed by reason; accepted by the state it came to, and what came back by what it was taken for. */
async function reasonsByLine(shipment: any, client: QueryClientContract): Promise<Partial<Record<string, Reasons>>> {
  const { rows } = await client.rawQuery(
    `select line, jsonb_object_agg(reason, n) as reasons from (
       select case when state in ('withheld', 'failed', 'unconfirmed') then state else 'accepted' end as line,
              case when state in ('withheld', 'failed', 'unconfirmed', 'bounced') then coalesce(reason, state) else state end as reason,
              count(*) as n
       from messages where workspace_id = ? and month = ? and campaign_id = ? and state <> 'cancelled'
       group by 1, 2
     ) as counted group by line`,
    [shipment.workspace_id, shipment.month, shipment.campaign_id]
  )
  return Object.fromEntries(rows.map((row: any) => [row.line, row.reasons]))
}
