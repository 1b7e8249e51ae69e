import { DateTime } from 'luxon'
import db from '@adonisjs/lucid/services/db'
import { environmentAccount } from '../providers/environment.ts'
import { wayOut } from '../providers/ways_out.ts'
import { stopShipment } from '../shipments/stop_shipment.ts'

/** Whoever would wait longer than a day is asked about first: news of today are no news in three weeks. */
const LONG_MS = 24 * 60 * 60 * 1_000

export const isLongWait = ({ from, until }: { from: Date; until: Date }) => until.getTime() - from.getTime() > LONG_MS

interface Spent {
  until?: Date
  isOfDay?: boolean
  note: string
}

const MIDNIGHT = `date_trunc('day', clock_timestamp() at time zone 'UTC') at time zone 'UTC' + interval '24 hours 1 minute'`

/**
 * The quota is used up: nothing new leaves by this account until then; when nobody knows, until midnight (UTC), or for an hour
 * (a month is too long to be wrong about). Screens show why. It goes on by itself; where that is more than a day away, the
 * campaigns on the way stop and ask whether they shall.
 */
export async function quotaIsSpent(account: string, { until, isOfDay = false, note }: Spent) {
  const { rows } = await db.rawQuery(
    `update rate_budgets
     set quota_until = greatest(coalesce(?::timestamptz, case when ? then ${MIDNIGHT} else clock_timestamp() + interval '1 hour' end), quota_until),
       quota_note = ?, updated_at = now()
     where account = ?
     returning quota_until, quota_until > clock_timestamp() + make_interval(secs => ?) as is_long`,
    [until ?? null, isOfDay, note, account, LONG_MS / 1_000] as any[]
  )
  if (rows[0]?.is_long) await askAboutLongWait(account, rows[0].quota_until)
}

/** Not those for which another account steps in. Who says that it shall go on is not asked again before the quota begins anew: until then nothing is refused. */
async function askAboutLongWait(account: string, until: Date) {
  const { rows } = await db.rawQuery(
    `select s.workspace_id as "workspaceId", s.id as "shipmentId", s.campaign_id as "campaignId", w.timezone
     from shipments s
     join workspaces w on w.id = s.workspace_id
     join lateral (${wayOut({ workspace: 's.workspace_id', topic: 's.topic_id' })}) as way on way.account = ?
     where s.finished_at is null and s.state = 'running'
     order by s.id limit 1000`,
    [environmentAccount(), account] as any[]
  )
  for (const { timezone, ...shipment } of rows) {
    const moment = DateTime.fromJSDate(until, { zone: timezone }).toFormat('d LLLL yyyy, HH:mm ZZZZ')
    const note = `The provider takes no more mails from this account until ${moment}.`
    await stopShipment(shipment, { reason: 'quota', note })
  }
}
