import db from '@adonisjs/lucid/services/db'
import { audit, theSystem } from '#identity'
import { touch, type WorkerLoop } from '#platform'
import { stopWithin } from './stop_shipment.ts'

/**
 * How a first wave may be received. Bounces and complaints: what mailbox providers and Resend's acceptable use ask for
 * (reference: sender-rules A, resend.md A3), with room for chance in a small wave: one unlucky person proves nothing.
 */
const LIMITS = {
  bounced: { share: 0.04, atLeast: 3, words: 'bounced' },
  complained: { share: 0.001, atLeast: 2, words: 'were marked as spam' },
  unsubscribed: { share: 0.02, atLeast: 3, words: 'made their readers leave' },
} as const

/** Looks every two seconds whether a first wave has left, and when its time is over lets the rest go or stops. */
export const pilots: WorkerLoop = {
  name: 'pilots',
  async run({ signal, idle }) {
    while (!signal.aborted) {
      await judgePilots()
      await idle(2_000)
    }
  },
}

/** One full mailbox may take nine hours, a slow mailbox provider a day: the others are judged without them. */
const WAITS_FOR_A_MAILBOX = `b.state = 'queued' and (b.deferrals > 0 or b.parked_for is not null)`
const SOME_HAVE_LEFT = `exists (
  select from batches gone where gone.workspace_id = s.workspace_id and gone.shipment_id = s.id and gone.no < s.released and gone.accepted > 0)`

interface Pilot {
  workspaceId: number
  shipmentId: number
  campaignId: number
  month: string
}

/** @returns how many first waves were looked at */
export async function judgePilots({ workspaceId = null }: { workspaceId?: number | null } = {}): Promise<number> {
  await db.rawQuery(
    `update shipments s set judged_at = clock_timestamp() + make_interval(mins => s.pilot_minutes)
     where s.finished_at is null and s.state = 'running' and s.released is not null and s.judged_at is null
       and s.workspace_id = coalesce(?::bigint, s.workspace_id) and not exists (
         select from batches b where b.workspace_id = s.workspace_id and b.shipment_id = s.id
           and b.no < s.released and b.state in ('queued', 'leased', 'sealed') and not (${WAITS_FOR_A_MAILBOX} and ${SOME_HAVE_LEFT}))`,
    [workspaceId] as any[]
  )
  const { rows } = await db.rawQuery(
    `select workspace_id as "workspaceId", id as "shipmentId", campaign_id as "campaignId", month from shipments
     where finished_at is null and state = 'running' and released is not null and judged_at <= clock_timestamp()
       and workspace_id = coalesce(?::bigint, workspace_id)
     order by judged_at limit 50`,
    [workspaceId] as any[]
  )
  for (const pilot of rows as Pilot[]) await judge(pilot)
  return rows.length
}

async function judge(pilot: Pilot) {
  const { workspaceId, shipmentId, campaignId } = pilot
  await db.transaction(async (trx) => {
    const { rows } = await trx.rawQuery(
      `select from shipments where workspace_id = ? and id = ? and state = 'running' and released is not null for update skip locked`,
      [workspaceId, shipmentId]
    )
    if (rows.length === 0) return
    const counts = await countOf(pilot)
    const trouble = Object.entries(LIMITS).find(
      ([name, { share, atLeast }]) => counts[name] >= atLeast && counts[name] > share * counts.accepted
    )
    if (trouble) {
      const [name, { words, share }] = trouble
      const note = `${counts[name]} of the first ${counts.accepted} mails ${words}. More than ${share * 100} % is too much.`
      return stopWithin(trx, pilot, { reason: 'first_wave', note })
    }
    await trx.from('shipments').where({ workspace_id: workspaceId, id: shipmentId }).update({ released: null })
    await audit('shipment.released', {
      workspaceId,
      actor: theSystem,
      subject: { type: 'campaign', id: campaignId },
      details: counts,
      trx,
    })
    await touch(trx, workspaceId, [`campaigns/${campaignId}`])
    await trx.rawQuery(`select pg_notify('assent_delivery', '')`)
  })
}

async function countOf({ workspaceId, month, campaignId }: Pilot): Promise<Record<string, number>> {
  const { rows } = await db.rawQuery(
    `select count(*) filter (where accepted_at is not null)::int as accepted,
       count(*) filter (where state = 'bounced' or (state = 'failed' and reason in ('refused_hard', 'refused_block')))::int as bounced,
       count(*) filter (where state = 'complained')::int as complained,
       count(*) filter (where unsubscribed_at is not null and state <> 'complained')::int as unsubscribed
     from messages where workspace_id = ? and month = ? and campaign_id = ?`,
    [workspaceId, month, campaignId]
  )
  return rows[0]
}
