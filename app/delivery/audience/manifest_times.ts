import type { SqlPiece } from '#platform'

/** When each person's manifest may leave. */
export interface Timing {
  /** `2026-12-01T09:00`, wherever the reader is: by their time zone, or by `zone` where it is not known. */
  localTime?: { at: string; zone: string }
  /** Spread evenly over so many hours. */
  overHours?: number
}

/**
 * `placed (contact_id, slot, part)`: the allowed people in groups of at most a batch who may leave at the same moment. Whose
 * nine o'clock is over gets it at once.
 */
export function placedPeople({
  timing: { localTime },
  workspaceId,
  batchSize,
  order,
}: {
  timing: Timing
  workspaceId: number
  batchSize: number
  order: string
}): SqlPiece {
  const place = (slot: string, from: string) => `
    placed as (
      select contact_id, slot, (row_number() over (partition by slot order by ${order}) - 1) / ? as part
      from (select allowed.contact_id, ${slot} as slot from ${from}) as timed
    )`
  if (!localTime) return { sql: place('now()', 'allowed'), bindings: [batchSize] }
  return {
    sql: place(
      'greatest(now(), ?::timestamp at time zone coalesce(zones.name, ?))',
      `allowed
       join contacts c on c.workspace_id = ? and c.id = allowed.contact_id
       left join pg_timezone_names zones on zones.name = c.timezone`
    ),
    bindings: [batchSize, localTime.at, localTime.zone, workspaceId],
  }
}
