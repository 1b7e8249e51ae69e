import type { HttpContext } from '@adonisjs/core/http'
import { topicsPage } from '#consent'
import { pageRequest } from '#platform'

/** `GET /topics`, with how many people agreed to each: those who are gone are left out, and only contacts knows them. */
export default class TopicListController {
  async index(ctx: HttpContext) {
    return topicsPage({
      workspace: ctx.workspace,
      includeArchived: ['1', 'true'].includes(String(ctx.request.input('include_archived'))),
      gone: {
        sql: 'select c.id as contact_id from contacts c where c.workspace_id = ? and c.deleted_at is not null',
        bindings: [ctx.workspace.id],
      },
      page: pageRequest(ctx),
    })
  }
}
