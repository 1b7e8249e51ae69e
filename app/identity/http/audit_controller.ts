import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { keysetPage, pageRequest } from '#platform'
import { auditQueryValidator } from './identity_validators.ts'

/** `GET /audit`: who did what, newest first; of one subject, one actor or one action when asked. */
export default class AuditController {
  async index(ctx: HttpContext) {
    const page = pageRequest(ctx)
    const wanted = await ctx.request.validateUsing(auditQueryValidator)
    const query = db.from('audit_entries').where('workspace_id', ctx.workspace.id).select('*')
    if (wanted.subject_type) query.where('subject_type', wanted.subject_type)
    if (wanted.subject_id) query.where('subject_id', wanted.subject_id)
    if (wanted.actor_id) query.where('actor_id', Number(wanted.actor_id))
    if (wanted.action) query.where('action', wanted.action)
    return keysetPage(query, {
      ...page,
      sort: [{ column: 'id', direction: 'desc', value: (row: any) => row.id }],
      toJson: auditJson,
    })
  }
}

const auditJson = (row: any) => ({
  id: String(row.id),
  action: row.action as string,
  actor: {
    kind: row.actor_kind as string,
    id: row.actor_id === null ? null : String(row.actor_id),
    label: row.actor_label as string,
  },
  subject: { type: row.subject_type as string, id: row.subject_id as string | null },
  details: row.details as Record<string, unknown>,
  request_id: row.request_id as string | null,
  ip: row.ip as string | null,
  created_at: (row.created_at as Date).toISOString(),
})
