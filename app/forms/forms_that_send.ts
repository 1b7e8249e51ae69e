import type { SenderQuestion, SenderUse } from '#identity'

/**
 * Forms whose confirmations leave from the workspace's sender: those that are open, and those that owe one to somebody. For
 * `whoUsesSenders` of #identity.
 */
export async function formsThatSend({ workspaceId, isDefault, trx }: SenderQuestion): Promise<SenderUse[]> {
  if (!isDefault) return []
  const { rows } = await trx.rawQuery(
    `select f.id, f.name from forms f
     where f.workspace_id = ? and ((f.is_open and f.deleted_at is null) or exists (
       select from form_submissions s where s.workspace_id = f.workspace_id and s.form_id = f.id
         and s.state = 'pending' and s.mailed_at is null and s.mail_due_at is not null))
     order by f.id limit 20`,
    [workspaceId]
  )
  return rows.map(({ id, name }: any) => ({ kind: 'form' as const, id: String(id), name }))
}
