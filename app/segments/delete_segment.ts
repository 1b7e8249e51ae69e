import db from '@adonisjs/lucid/services/db'
import { audit, type Actor } from '#identity'
import { touch } from '#platform'
import { SegmentInUse } from './errors.ts'
import type { Segment } from './models/segment.ts'
import { oneAtATime } from './save_segment.ts'
import { segmentUses } from './segment_uses.ts'

/**
 * Puts a segment away, from where `saveSegment` brings it back. What still needs it is named instead.
 *
 * @throws SegmentInUse (409)
 */
export async function deleteSegment({ segment, actor }: { segment: Segment; actor: Actor }) {
  const { workspaceId } = segment
  await db.transaction(async (trx) => {
    await oneAtATime(workspaceId, trx)
    const uses = await segmentUses({ workspaceId, segmentId: segment.id, trx })
    if (uses.length > 0) {
      const named = uses.slice(0, 5).map(({ kind, name }) => `the ${kind} “${name}”`)
      const more = uses.length > 5 ? ` and ${uses.length - 5} more` : ''
      throw new SegmentInUse(`Still used by ${named.join(', ')}${more}. Take it out there first.`, { uses })
    }
    await trx.rawQuery('update segments set deleted_at = now(), updated_at = now() where workspace_id = ? and id = ?', [
      workspaceId,
      segment.id,
    ])
    await audit('segment.deleted', { workspaceId, actor, subject: { type: 'segment', id: segment.id }, trx })
    await touch(trx, workspaceId, ['segments', `segments/${segment.id}`])
  })
}
