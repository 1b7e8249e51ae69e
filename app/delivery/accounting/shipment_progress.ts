import db from '@adonisjs/lucid/services/db'
import { PLAN_BY_MOMENT, planJson } from '../audience/plan_by_moment.ts'
import { slowedDomains, type SlowedDomain } from '../domain_pace/slowed_domains.ts'
import { environmentAccount } from '../providers/environment.ts'
import { wayOut } from '../providers/ways_out.ts'
import { quotaForecast, type QuotaForecast } from '../quota/quota_forecast.ts'
import { booksOf, type Books } from './books.ts'

export interface Progress extends Books {
  state: 'running' | 'paused' | 'stopped' | 'cancelled' | 'finished'
  /** Why nothing leaves, when something of the outside world holds it up. */
  stop_reason: string | null
  waiting_for: { reason: string; until: string } | null
  /** Where the account's quota will end before it does; null while all of it fits, or nobody knows. */
  quota: QuotaForecast | null
  /** Mailbox providers that asked for slower delivery, as far as people of this campaign wait for that. */
  slowed: SlowedDomain[]
  /** Until then nothing has left and it can be taken back; null when that is over. */
  starts_at: string | null
  /** A first wave of so many mails goes first; judged then, null while it is still leaving. */
  first_wave: { mails: number; judged_at: string | null } | null
  /** Who waits for a moment of their own: how many, and when; at most a hundred moments. */
  plan: { at: string; people: number }[]
  /** Who is in their quiet hours waits for their end. */
  keeps_quiet_hours: boolean
  finished_at: string | null
  /** It is finished, and all its mails stayed in the Outbox: nobody got one. */
  in_outbox: boolean
}

/** How far a campaign is; null when it was never sent. */
export async function shipmentProgress({
  workspaceId,
  campaignId,
}: {
  workspaceId: number
  campaignId: number
}): Promise<Progress | null> {
  const { rows } = await db.rawQuery(
    `select s.*, case when way.is_paused then way.paused_until end as paused_until, way.pause_reason, way.account, ${KEEPS_QUIET}, s.not_before > clock_timestamp() as is_waiting_to_start,
       case when s.released is not null then (
         select sum(cardinality(b.contact_ids))::int from batches b
         where b.workspace_id = s.workspace_id and b.shipment_id = s.id and b.no < s.released and b.state <> 'split'
       ) end as first_wave,
       s.finished_at is not null and coalesce((
         select bool_and(b.account is not distinct from 'capture') from batches b
         where b.workspace_id = s.workspace_id and b.shipment_id = s.id and b.accepted > 0
       ), false) as in_outbox
     from shipments s
     join workspaces w on w.id = s.workspace_id
     left join lateral (${wayOut({ workspace: 's.workspace_id', topic: 's.topic_id' })}) as way on true
     where s.workspace_id = ? and s.campaign_id = ?`,
    [environmentAccount(), workspaceId, campaignId] as any[]
  )
  if (rows.length === 0) return null
  const [shipment] = rows
  const isOpen = shipment.state === 'running' && shipment.finished_at === null
  const books = await booksOf(shipment, db.connection())
  const { account } = shipment
  const slowed =
    isOpen && account !== null ? await slowedDomains({ workspaceId, shipmentId: shipment.id, account }) : []
  return {
    ...books,
    state: shipment.state,
    stop_reason: shipment.stop_reason,
    waiting_for: waitOf(shipment, isOpen) ?? domainWait(slowed, books.queued),
    slowed,
    quota:
      isOpen && account && !shipment.paused_until
        ? await quotaForecast({ workspaceId, shipmentId: shipment.id, account, queued: books.queued })
        : null,
    starts_at: isOpen && shipment.is_waiting_to_start ? shipment.not_before.toISOString() : null,
    first_wave:
      isOpen && shipment.first_wave !== null
        ? { mails: shipment.first_wave, judged_at: shipment.judged_at?.toISOString() ?? null }
        : null,
    keeps_quiet_hours: shipment.keeps_quiet_hours,
    plan: isOpen || shipment.state === 'paused' ? await planOf(shipment) : [],
    finished_at: shipment.finished_at?.toISOString() ?? null,
    in_outbox: shipment.in_outbox,
  }
}

const KEEPS_QUIET = `
  not s.ignores_quiet_hours and jsonb_typeof(w.settings #> '{sending,quiet_hours}') is not distinct from 'object' as keeps_quiet_hours`

function waitOf(shipment: any, isOpen: boolean): Progress['waiting_for'] {
  if (!isOpen) return null
  if (shipment.paused_until) return { reason: shipment.pause_reason, until: shipment.paused_until.toISOString() }
  const isLater = shipment.waits_until && shipment.waits_until > new Date()
  return isLater ? { reason: shipment.waits_for, until: shipment.waits_until.toISOString() } : null
}

/** All that still wait do so for a mailbox provider. */
function domainWait(slowed: SlowedDomain[], queued: number): Progress['waiting_for'] {
  const people = slowed.reduce((sum, one) => sum + one.people, 0)
  return people > 0 && people === queued ? { reason: 'slow_domain', until: slowed[0].done_at } : null
}

/** What was only put off for a moment is no plan. */
async function planOf({ workspace_id: workspaceId, id }: { workspace_id: number; id: number }) {
  const { rows } = await db.rawQuery(
    `with manifests as (
       select contact_ids, not_before from batches
       where workspace_id = ? and shipment_id = ? and state = 'queued' and not_before > now() + interval '5 minutes'
     )
     ${PLAN_BY_MOMENT} order by 1 limit 100`,
    [workspaceId, id]
  )
  return planJson(rows)
}
