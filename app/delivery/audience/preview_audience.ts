import db from '@adonisjs/lucid/services/db'
import { comparingSets, type SqlPiece } from '#platform'
import { dividedAudience } from './divided_audience.ts'

/** What a freeze would find now: `candidates = mailable + the sum of excluded`, excluded by reason. */
export async function previewAudience(audience: {
  workspaceId: number
  people: SqlPiece
  topicId: number
  channel: string
  asks?: number | null
}): Promise<{ candidates: number; mailable: number; excluded: Record<string, number> }> {
  const divided = dividedAudience(audience)
  return db.transaction(async (trx) => {
    const { rows } = await comparingSets(trx, () =>
      trx.rawQuery(
        `with ${divided.sql}
         select coalesce(sum(n), 0)::int as candidates,
           coalesce(sum(n) filter (where reason is null), 0)::int as mailable,
           coalesce(jsonb_object_agg(reason, n) filter (where reason is not null), '{}') as excluded
         from (select reason, count(*) as n from judged group by reason) as counted`,
        divided.bindings as any[]
      )
    )
    return rows[0]
  })
}
