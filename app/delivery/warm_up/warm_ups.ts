import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { audit, type Actor } from '#identity'
import { touch } from '#platform'
import { capOf, type Curve, WARM_UP_DAYS } from './curves.ts'

export interface WarmUp {
  domain: string
  curve: Curve
  started_on: string
  /** 1 on the first day. */
  day: number
  today: { cap: number | null; taken: number }
  plan: { day: number; cap: number }[]
}

interface Asked {
  workspaceId: number
  domain: string
  actor: Actor
}

const TODAY = `(clock_timestamp() at time zone 'UTC')::date`

/** The warm-ups of a workspace, those that are over included. */
export async function warmUpsOf({ workspaceId }: { workspaceId: number }): Promise<WarmUp[]> {
  const { rows } = await db.rawQuery(
    `select domain, curve, started_on::text, ${TODAY} - started_on + 1 as no, case when day = ${TODAY} then taken else 0 end as taken
     from warm_ups where workspace_id = ? order by domain limit 100`,
    [workspaceId]
  )
  return rows.map(({ domain, curve, started_on, no, taken }: any) => ({
    domain,
    curve,
    started_on,
    day: no,
    today: { cap: capOf(curve, no), taken },
    plan: Array.from({ length: WARM_UP_DAYS }, (_, i) => ({ day: i + 1, cap: capOf(curve, i + 1)! })),
  }))
}

/** From today on. Begun again, it begins again. */
export function startWarmUp({ workspaceId, domain, curve, actor }: Asked & { curve: Curve }) {
  return db.transaction(async (trx) => {
    await trx.rawQuery(
      `insert into warm_ups (workspace_id, domain, curve) values (?, ?, ?)
       on conflict (workspace_id, domain) do update set curve = excluded.curve, started_on = excluded.started_on`,
      [workspaceId, domain, curve]
    )
    const subject = { type: 'warm_up', id: domain }
    await audit('warm_up.started', { workspaceId, actor, subject, details: { curve }, trx })
    await touch(trx, workspaceId, ['warmUps'])
  })
}

/** What waits for tomorrow because of it waits no more. */
export function endWarmUp({ workspaceId, domain, actor }: Asked) {
  return db.transaction(async (trx) => {
    await trx.from('warm_ups').where({ workspace_id: workspaceId, domain }).delete()
    await trx
      .from('shipments')
      .where({ workspace_id: workspaceId, waits_for: 'warm_up' })
      .update({ waits_until: null, waits_for: null })
    await audit('warm_up.ended', { workspaceId, actor, subject: { type: 'warm_up', id: domain }, trx })
    await touch(trx, workspaceId, ['warmUps', 'campaigns'])
    await trx.rawQuery(`select pg_notify('assent_delivery', '')`)
  })
}

export async function isWarmingUp(
  { workspaceId, domain }: { workspaceId: number; domain: string },
  client: QueryClientContract
): Promise<boolean> {
  const { rows } = await client.rawQuery(
    `select from warm_ups where workspace_id = ? and domain = ? and started_on > ${TODAY} - ${WARM_UP_DAYS}`,
    [workspaceId, domain]
  )
  return rows.length > 0
}
