import type { HttpContext } from '@adonisjs/core/http'
import { Contact, contactsJson } from '#contacts'
import { keysetPage, pageRequest } from '#platform'
import { compileRule } from '../compile_rule.ts'
import { deleteSegment } from '../delete_segment.ts'
import { Segment } from '../models/segment.ts'
import { previewRule } from '../preview_rule.ts'
import { saveSegment } from '../save_segment.ts'
import { segmentJson } from './segment_json.ts'
import { createSegmentValidator, updateSegmentValidator } from './segments_validator.ts'

/** `GET/POST/PATCH/DELETE /segments`, the people in one, and its way back after a delete. */
export default class SegmentsController {
  async index(ctx: HttpContext) {
    const page = await keysetPage(Segment.of(ctx.workspace).whereNull('deleted_at'), {
      ...pageRequest(ctx),
      sort: [
        { column: 'name', direction: 'asc', value: (segment: Segment) => segment.name },
        { column: 'id', direction: 'asc', value: (segment: Segment) => segment.id },
      ],
      toJson: (segment: Segment) => segment,
    })
    return { ...page, data: await Promise.all(page.data.map(segmentJson)) }
  }

  async store({ request, response, workspace, actor }: HttpContext) {
    const { name, rule } = await request.validateUsing(createSegmentValidator)
    const segment = await saveSegment({ workspaceId: workspace.id, name, rule, actor })
    return response.created(await segmentJson(segment))
  }

  async show({ params, workspace }: HttpContext) {
    const segment = await found(workspace, params.id)
    const json = await segmentJson(segment)
    const count = json.problem === null ? (await previewRule(segment.rule, workspace.id)).count : null
    return { ...json, count }
  }

  async update({ params, request, workspace, actor }: HttpContext) {
    const segment = await found(workspace, params.id)
    const { name, rule } = await request.validateUsing(updateSegmentValidator)
    return segmentJson(await saveSegment({ workspaceId: workspace.id, segment, name, rule, actor }))
  }

  async destroy({ params, response, workspace, actor }: HttpContext) {
    await deleteSegment({ segment: await found(workspace, params.id), actor })
    return response.noContent()
  }

  async restore({ params, workspace, actor }: HttpContext) {
    const segment = await Segment.of(workspace).findOrFail(params.id)
    return segmentJson(segment.isDeleted ? await saveSegment({ workspaceId: workspace.id, segment, actor }) : segment)
  }

  async contacts(ctx: HttpContext) {
    const segment = await found(ctx.workspace, ctx.params.id)
    const { sql, bindings } = await compileRule(segment.rule, { workspaceId: ctx.workspace.id })
    const query = Contact.query()
      .from('contacts as c')
      .where('c.workspace_id', ctx.workspace.id)
      .whereNull('c.deleted_at')
      .whereRaw(`(${sql})`, bindings as any[])
    const page = await keysetPage(query, {
      ...pageRequest(ctx),
      sort: [{ column: 'c.id', direction: 'desc', value: (contact: Contact) => contact.id }],
      toJson: (contact: Contact) => contact,
    })
    return { ...page, data: await contactsJson(ctx.workspace.id, page.data) }
  }
}

const found = (workspace: { id: number }, id: string) => Segment.of(workspace).whereNull('deleted_at').findOrFail(id)
