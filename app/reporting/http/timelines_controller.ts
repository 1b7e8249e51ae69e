import type { HttpContext } from '@adonisjs/core/http'
import { Contact } from '#contacts'
import { pageRequest } from '#platform'
import { contactTimeline } from '../contact_timeline.ts'

/** `GET /contacts/:id/timeline`: every fact about the person, newest first. */
export default class TimelinesController {
  async index(ctx: HttpContext) {
    const contact = await Contact.of(ctx.workspace).findOrFail(ctx.params.id)
    const { limit, cursor } = pageRequest(ctx)
    return contactTimeline({ workspaceId: ctx.workspace.id, contactId: contact.id }, { limit, cursor })
  }
}
