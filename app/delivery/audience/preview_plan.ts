import db from '@adonisjs/lucid/services/db'
import { comparingSets, type SqlPiece } from '#platform'
import { channelFor } from '../providers/channel_for.ts'
import { dividedAudience } from './divided_audience.ts'
import { timedManifests, type Timing } from './manifest_times.ts'

export interface Plan {
  mailable: number
  /** How many get it from when on, by the quarter of an hour: the first hundred. */
  plan: { at: string; people: number }[]
}

/** When a freeze at that moment would let whom get it: made by the very pieces that the freeze is made of. */
export async function previewPlan({
  workspaceId,
  timing,
  ...audience
}: {
  workspaceId: number
  people: SqlPiece
  topicId: number
  channel: string
  asks?: number | null
  timing: Timing
}): Promise<Plan> {
  const divided = dividedAudience({ workspaceId, ...audience })
  return db.transaction(async (trx) => {
    const { batchSize } = await channelFor(workspaceId, { topicId: audience.topicId, client: trx })
    const timed = timedManifests({ timing, workspaceId, batchSize, lot: null })
    const { rows } = await comparingSets(trx, () =>
      trx.rawQuery(
        `with ${divided.sql}, ${timed.sql}
         select date_bin('15 minutes', not_before, timestamptz '2000-01-01') as at, sum(cardinality(contact_ids))::int as people,
           (select count(*) from allowed)::int as mailable
         from manifests group by 1 order by 1 limit 100`,
        [...divided.bindings, ...timed.bindings] as any[]
      )
    )
    return {
      mailable: rows[0]?.mailable ?? 0,
      plan: rows.map(({ at, people }: { at: Date; people: number }) => ({ at: at.toISOString(), people })),
    }
  })
}
