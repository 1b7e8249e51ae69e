import { languageAmong } from '#contacts'
import type { QuietHours } from '#identity'
import type { SqlPiece } from '#platform'

/** When each person's manifest may leave. */
export interface Timing {
  /** `2026-12-01T09:00`, wherever the reader is: by their time zone, or by `zone` where it is not known. */
  localTime?: { at: string; zone: string }
  /** When it begins, as ISO 8601 in UTC; now when absent. */
  startsAt?: string
  /** Spread evenly over so many hours, a lot each quarter of an hour or oftener. */
  overHours?: number
  /** Who reacted last comes first: the best start for a domain that nobody knows yet. */
  isEngagedFirst?: boolean
  /** By the reader's own clock, or by `zone`'s where it is not known. */
  quietHours?: { rule: QuietHours; zone: string }
}

/**
 * `manifests (contact_ids, no, not_before, planned_at, language)`: the allowed people in groups of at most a batch who may leave at
 * the same moment and get the same letter; language is null for who gets the shipment's own. Whose nine o'clock is over gets it at once, but nobody in their quiet hours. To follow `dividedAudience`.
 */
export function timedManifests({
  timing: { startsAt, localTime, overHours = 0, isEngagedFirst = false, quietHours },
  workspaceId,
  batchSize,
  languages = [],
  lot,
}: {
  timing: Timing
  workspaceId: number
  batchSize: number
  /** Those beside its own in which there is a letter. */
  languages?: string[]
  /** A number for drawing two of a hundred people by lot, who come first; null: in the order of the contacts, which lie together. */
  lot: number | null
}): SqlPiece {
  const order = isEngagedFirst
    ? 'reacted_at desc nulls last, '
    : lot
      ? `hashint8extended(contact_id, ${lot}) % 50 <> 0, `
      : ''
  const fallback = (quietHours ?? localTime)?.zone
  const zone = quietHours ? 'coalesce(zones.name, ?)' : 'null::text'
  const start = startsAt ? 'greatest(now(), ?::timestamptz)' : 'now()'
  const isInLanguages = languages.length > 0
  const language = isInLanguages ? languageAmong('c.locale') : 'null::text'
  const slot = localTime ? `greatest(${start}, ?::timestamp at time zone coalesce(zones.name, ?))` : start
  return {
    sql: `
    timed as ${quietHours ? 'materialized ' : ''}(
      select allowed.contact_id, ${zone} as zone, ${slot} as slot, ${language} as language${isEngagedFirst ? ', reactions.at as reacted_at' : ''} from allowed
      ${fallback || isInLanguages ? READERS : ''} ${fallback ? ZONES : ''} ${isEngagedFirst ? REACTIONS : ''}
    ),
    ${quietHours ? awake(isEngagedFirst) : ''}
    gathered as (
      select slot, zone, language, ${quietHours ? 'min(was)' : 'slot'} as was, array_agg(contact_id order by ${order}contact_id) as ids
      from ${quietHours ? 'awake' : 'timed'} as people group by slot, zone, language
    ),
    cut as materialized (
      select slot, zone, language, was, part, ids[part * size + 1 : (part + 1) * size] as contact_ids
      from gathered cross join (select ${overHours ? 'least(?::int, greatest(1, ceil((select count(*) from timed) / (? * 4.0))::int))' : '?::int'} as size) as batch cross join generate_series(0, (cardinality(ids) - 1) / size) as part
    ),
    numbered as (
      select slot, zone, language, was, contact_ids, row_number() over (order by slot, zone, part, language) - 1 as no from cut
    ),
    manifests as (
      select contact_ids, no, language, ${quietHours ? 'after_quiet_hours(slot + later, zone, ?, ?::jsonb)' : 'slot + later'} as not_before,
        ${quietHours ? 'was + later' : 'null::timestamptz'} as planned_at
      from (select *, make_interval(secs => ? * 3600.0 * no / count(*) over ()) as later from numbered) as spread
    )`,
    bindings: [
      ...(quietHours ? [quietHours.zone] : []),
      ...(startsAt ? [startsAt] : []),
      ...(localTime ? [localTime.at, localTime.zone] : []),
      ...(isInLanguages ? [languages] : []),
      ...(fallback || isInLanguages ? [workspaceId] : []),
      ...(isEngagedFirst ? [workspaceId] : []),
      ...(quietHours ? [quietHours.zone, JSON.stringify(quietHours.rule)] : []),
      batchSize,
      ...(overHours ? [overHours] : []),
      ...(quietHours ? [quietHours.zone, JSON.stringify(quietHours.rule)] : []),
      overHours,
    ],
  }
}

/** Asked once for each zone: a clock of so many people would take seconds. */
const awake = (isEngagedFirst: boolean) => `
    moments as materialized (
      select zone, slot, after_quiet_hours(slot, zone, ?, ?::jsonb) as awake_at from (select distinct zone, slot from timed) as t
    ),
    awake as (
      select contact_id, zone, language, moments.awake_at as slot, slot as was${isEngagedFirst ? ', reacted_at' : ''} from timed join moments using (zone, slot)
    ),`

const READERS = `join contacts c on c.workspace_id = ? and c.id = allowed.contact_id`

const ZONES = `
  left join pg_timezone_names zones on zones.name = c.timezone`

/** Reads `engagements`, which tracking owns. Who is not measured comes with those who did not react, and not after them. */
const REACTIONS = `
  left join (
    select contact_id, max(occurred_at) as at from engagements
    where workspace_id = ? and verdict = 'human' and month >= (now() - interval '4 months')::date
    group by contact_id
  ) as reactions on reactions.contact_id = allowed.contact_id`
