import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import vine from '@vinejs/vine'
import { changeMany, contactFilter, contactsMatching, listContacts, undoChange, type ContactFilter } from '#contacts'
import { id, line, pageRequest } from '#platform'
import { compileRule } from '../compile_rule.ts'
import { Segment } from '../models/segment.ts'

const bulkValidator = vine.create({
  action: vine.enum(['add_tag', 'remove_tag', 'delete']),
  tag: line(60).minLength(1).optional().requiredWhen('action', '!=', 'delete'),
  ids: vine.array(id()).minLength(1).maxLength(10_000).optional(),
  filter: vine
    .object({ q: line(200).optional(), tag: line(60).optional(), segment_id: vine.any().optional() })
    .optional()
    .requiredIfMissing('ids'),
})

/**
 * `GET /contacts` and what is done to many of them at once. They take a segment, so they stand here: segments may know
 * contacts, not the other way round. A segment's own list (`GET /segments/:id/contacts`) is the same listContacts with
 * the segment's `where`.
 */
export default class PeopleController {
  async index(ctx: HttpContext) {
    const { request, workspace } = ctx
    return listContacts({
      workspaceId: workspace.id,
      filter: await withSegment(workspace.id, contactFilter(ctx), request.input('segment_id')),
      sort: request.input('sort'),
      page: pageRequest(ctx),
    })
  }

  /** `POST /contacts/bulk` → `{ changed, undo }`; `DELETE /contacts/bulk/:undo` takes it back. */
  async change({ request, workspace, actor }: HttpContext) {
    const { action, tag, ids, filter } = await request.validateUsing(bulkValidator)
    const where = ids
      ? { sql: 'c.id = any(?)', bindings: [ids] }
      : await contactsMatching(workspace.id, await withSegment(workspace.id, filter!, filter!.segment_id))
    return db.transaction((trx) => changeMany({ workspaceId: workspace.id, action, tag, where, actor, trx }))
  }

  async undo({ params, workspace, actor }: HttpContext) {
    const changeId = /^\d{1,15}$/.test(params.id) ? Number(params.id) : 0
    return db.transaction((trx) => undoChange({ workspaceId: workspace.id, changeId, actor, trx }))
  }
}

async function withSegment(
  workspaceId: number,
  { q, tag, ids }: ContactFilter,
  segmentId: unknown
): Promise<ContactFilter> {
  if (segmentId === undefined || segmentId === null || segmentId === '') return { q, tag, ids }
  const segment = await Segment.of({ id: workspaceId }).whereNull('deleted_at').findOrFail(String(segmentId))
  return { q, tag, ids, where: await compileRule({ segment_id: String(segment.id) }, { workspaceId }) }
}
