import db from '@adonisjs/lucid/services/db'
import { comparingSets, type SqlPiece } from '#platform'
import { channelFor } from '../providers/channel_for.ts'
import { dividedAudience } from './divided_audience.ts'
import { PLAN_BY_MOMENT, planJson } from './plan_by_moment.ts'
import { timedManifests, type Timing } from './manifest_times.ts'

export interface Plan {
  mailable: number
  /** In how many lots: a first wave needs a second one to wait for it. */
  lots: number
  /** How many get it from when on, by the quarter of an hour, or by longer steps: at most a hundred. */
  plan: { at: string; people: number }[]
}

/** When a freeze at that moment would let whom get it: made by the very pieces that the freeze is made of. */
export async function previewPlan({
  workspaceId,
  timing,
  languages,
  ...audience
}: {
  workspaceId: number
  people: SqlPiece
  topicId: number
  channel: string
  asks?: number | null
  timing: Timing
  languages?: string[]
}): Promise<Plan> {
  const divided = dividedAudience({ workspaceId, ...audience })
  return db.transaction(async (trx) => {
    const { batchSize } = await channelFor(workspaceId, { topicId: audience.topicId, client: trx })
    const timed = timedManifests({ timing, workspaceId, batchSize, languages, lot: null })
    const { rows } = await comparingSets(trx, () =>
      trx.rawQuery(
        `with ${divided.sql}, ${timed.sql}
         select plan.*, (select count(*) from allowed)::int as mailable, (select count(*) from manifests)::int as lots from (${PLAN_BY_MOMENT}) as plan order by at limit 100`,
        [...divided.bindings, ...timed.bindings] as any[]
      )
    )
    return {
      mailable: rows[0]?.mailable ?? 0,
      lots: rows[0]?.lots ?? 0,
      plan: planJson(rows),
    }
  })
}
