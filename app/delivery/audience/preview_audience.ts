import db from '@adonisjs/lucid/services/db'
import type { SqlPiece } from '#platform'
import { comparingSets, dividedAudience } from './audience_sql.ts'

/** What a freeze would find now: `candidates = mailable + the sum of excluded`, excluded by reason. */
export async function previewAudience(audience: {
  workspaceId: number
  people: SqlPiece
  topicId: number
  channel: string
}): Promise<{ candidates: number; mailable: number; excluded: Record<string, number> }> {
  const divided = dividedAudience(audience)
  return db.transaction(async (trx) => {
    const { rows } = await comparingSets(trx, () =>
      trx.rawQuery(
        `with ${divided.sql}
     select (select count(*) from candidates)::int as candidates,
            (select count(*) from allowed)::int as mailable,
            (select coalesce(jsonb_object_agg(reason, n), '{}') from (select reason, count(*) as n from excluded group by reason) as r)
              as excluded`,
        divided.bindings as any[]
      )
    )
    return rows[0]
  })
}
