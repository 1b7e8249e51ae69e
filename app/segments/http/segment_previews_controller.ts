import type { HttpContext } from '@adonisjs/core/http'
import { Contact } from '#contacts'
import { explainRule } from '../explain_rule.ts'
import { Segment } from '../models/segment.ts'
import { previewRule } from '../preview_rule.ts'
import { explainRuleValidator, previewRuleValidator } from './segments_validator.ts'

/** Questions about a rule that need not be stored: whom it picks, and why it picks somebody or not. */
export default class SegmentPreviewsController {
  async preview({ request, workspace }: HttpContext) {
    const { rule } = await request.validateUsing(previewRuleValidator)
    return previewRule(rule, workspace.id)
  }

  async explain({ request, workspace }: HttpContext) {
    const input = await request.validateUsing(explainRuleValidator)
    const contact = await Contact.of(workspace).whereNull('deleted_at').findOrFail(input.contact_id)
    const rule = input.rule ?? (await Segment.of(workspace).whereNull('deleted_at').findOrFail(input.segment_id!)).rule
    return explainRule({ rule, workspaceId: workspace.id, contactId: contact.id })
  }
}
