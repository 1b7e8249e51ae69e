import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import db from '@adonisjs/lucid/services/db'
import { peopleOfReconfirmation, type AskedAudience } from '#consent'
import type { SqlPiece } from '#platform'
import { UnknownAudience } from './errors.ts'
import { catalogueOf, type Catalogue } from './rule/catalogue.ts'
import { nodeSql, type Reading } from './rule/node_sql.ts'
import { readRule } from './rule/read_rule.ts'
import { joined, raw, sql } from './rule/sql.ts'

/**
 * Whom a campaign is for: everybody in any of these, without those in the excluded segments. Of a re-confirmation: those whom it
 * asks or reminds.
 */
export interface Audience extends Partial<AskedAudience> {
  segment_ids?: string[]
  tag_names?: string[]
  contact_ids?: string[]
  exclude_segment_ids?: string[]
}

/**
 * The people of an audience as a query of (contact_id, email_hash), each person once. Nothing chosen is nobody.
 *
 * @throws UnknownAudience when it names a segment that is gone, InvalidRule when a segment no longer works
 */
export async function peopleIn({
  workspaceId,
  audience,
  trx,
}: {
  workspaceId: number
  audience: Audience
  trx?: QueryClientContract
}): Promise<SqlPiece> {
  const catalogue = await catalogueOf(workspaceId, { trx })
  const chosen = [
    ...(await asked(audience, { workspaceId, catalogue, client: trx ?? db.connection() })),
    ...(audience.segment_ids ?? []).map((id) => inSegment(id, 'audience.segment_ids', catalogue)),
    ...tagged(audience.tag_names ?? [], catalogue),
    ...named(audience.contact_ids ?? []),
  ]
  const excluded = (audience.exclude_segment_ids ?? []).map((id) =>
    inSegment(id, 'audience.exclude_segment_ids', catalogue, 'possible')
  )
  return sql`select c.id as contact_id, c.email_hash from contacts c
    where c.workspace_id = ${workspaceId} and c.deleted_at is null
      and ${chosen.length === 0 ? raw('false') : sql`(${joined(chosen, ' or ')})`}${
        excluded.length === 0 ? raw('') : sql` and not coalesce((${joined(excluded, ' or ')}), false)`
      }`
}

async function asked(
  { reconfirmation_id: id, part }: Audience,
  { workspaceId, catalogue, client }: { workspaceId: number; catalogue: Catalogue; client: QueryClientContract }
): Promise<SqlPiece[]> {
  if (!id || !part) return []
  const audience = { reconfirmation_id: id, part }
  const { condition, segmentId } = await peopleOfReconfirmation({ workspaceId, audience, client })
  if (segmentId === null) return [condition]
  return [joined([condition, inSegment(String(segmentId), 'audience.segment_ids', catalogue)], ' and ')]
}

/** Who may be in an excluded segment, for all that is known of them, is left out. */
function inSegment(id: string, field: string, catalogue: Catalogue, reading?: Reading): SqlPiece {
  const segment = catalogue.segments.get(String(id))
  if (!segment) throw new UnknownAudience('This segment is gone. Choose another.', { field, segment_id: String(id) })
  return nodeSql(readRule({ segment_id: String(id) }, catalogue), catalogue, reading)
}

function tagged(names: string[], { workspaceId }: Catalogue): SqlPiece[] {
  if (names.length === 0) return []
  const keys = names.map((name) => name.trim().toLowerCase())
  return [
    sql`exists (select 1 from contact_tags ct where ct.workspace_id = ${workspaceId} and ct.contact_id = c.id and ct.tag_id = any(
      array(select id from tags where workspace_id = ${workspaceId} and name_key = any(${keys}::text[]))))`,
  ]
}

function named(ids: string[]): SqlPiece[] {
  const known = ids.map(String).filter((id) => /^[1-9]\d{0,14}$/.test(id))
  return known.length === 0 ? [] : [sql`c.id = any(${known}::bigint[])`]
}
