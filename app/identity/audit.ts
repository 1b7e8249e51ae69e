import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Actor } from './actor.ts'

/** Who did what to which thing: one row, in the transaction of the change itself. `details` holds no personal data. */
export async function audit(
  action: string,
  {
    workspaceId,
    actor,
    subject,
    details = {},
    trx,
  }: {
    workspaceId: number
    actor: Actor
    subject: { type: string; id?: number | string | null }
    details?: Record<string, unknown>
    trx: TransactionClientContract
  }
) {
  await trx
    .insertQuery()
    .table('audit_entries')
    .insert({
      workspace_id: workspaceId,
      actor_kind: actor.kind,
      actor_id: actor.id,
      actor_label: actor.label,
      action,
      subject_type: subject.type,
      subject_id: subject.id === null || subject.id === undefined ? null : String(subject.id),
      details: JSON.stringify(details),
      request_id: actor.requestId ?? null,
      ip: actor.ip ?? null,
    })
}
