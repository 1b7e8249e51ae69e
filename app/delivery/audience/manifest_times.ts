import type { SqlPiece } from '#platform'

/** When each person's manifest may leave. */
export interface Timing {
  /** `2026-12-01T09:00`, wherever the reader is: by their time zone, or by `zone` where it is not known. */
  localTime?: { at: string; zone: string }
  /** Spread evenly over so many hours. */
  overHours?: number
  /** Who reacted last comes first: the best start for a domain that nobody knows yet. */
  isEngagedFirst?: boolean
}

/**
 * `placed (contact_id, slot, part)`: the allowed people in groups of at most a batch who may leave at the same moment. Whose
 * nine o'clock is over gets it at once.
 */
export function placedPeople({
  timing: { localTime, isEngagedFirst = false },
  workspaceId,
  batchSize,
  lot,
}: {
  timing: Timing
  workspaceId: number
  batchSize: number
  /** A number for drawing two of a hundred people by lot, who come first; null: in the order of the contacts, which lie together. */
  lot: number | null
}): SqlPiece {
  const order = isEngagedFirst
    ? 'reacted_at desc nulls last, '
    : lot
      ? `hashint8extended(contact_id, ${lot}) % 50 <> 0, `
      : ''
  const slot = localTime ? 'greatest(now(), ?::timestamp at time zone coalesce(zones.name, ?))' : 'now()'
  return {
    sql: `
    placed as (
      select contact_id, slot, (row_number() over (partition by slot order by ${order}contact_id) - 1) / ? as part
      from (
        select allowed.contact_id, ${slot} as slot${isEngagedFirst ? ', reactions.at as reacted_at' : ''} from allowed
        ${localTime ? ZONES : ''} ${isEngagedFirst ? REACTIONS : ''}
      ) as timed
    )`,
    bindings: [
      batchSize,
      ...(localTime ? [localTime.at, localTime.zone, workspaceId] : []),
      ...(isEngagedFirst ? [workspaceId] : []),
    ],
  }
}

const ZONES = `
  join contacts c on c.workspace_id = ? and c.id = allowed.contact_id
  left join pg_timezone_names zones on zones.name = c.timezone`

/** Reads `engagements`, which tracking owns. */
const REACTIONS = `
  left join (
    select contact_id, max(occurred_at) as at from engagements
    where workspace_id = ? and verdict = 'human' and month >= (now() - interval '4 months')::date
    group by contact_id
  ) as reactions on reactions.contact_id = allowed.contact_id`
