import db from '@adonisjs/lucid/services/db'
import { recordTracking } from '#consent'
import { theSystem } from '#identity'

/** Somebody says yes or no to being measured. */
export const say = (workspace: { id: number }, contactId: number, action: 'grant' | 'withdraw', more: object = {}) =>
  db.transaction((trx) =>
    recordTracking({
      workspaceId: workspace.id,
      people: [contactId],
      action,
      statement: 'I allow that it is noted what I open and click.',
      source: 'counter',
      sourceKind: 'team',
      actor: theSystem,
      trx,
      ...more,
    })
  )

/** Whom the workspace lets be measured. */
export const only = (workspace: { id: number }, policy: 'only_who_agreed' | 'unless_objected') =>
  db.rawQuery(`update workspaces set settings = settings || ?::jsonb where id = ?`, [
    JSON.stringify({ tracking_policy: policy }),
    workspace.id,
  ])

/** The mails of these people, in their order. */
export const mailsOf = async (workspace: { id: number }, ids: number[]) => {
  const rows = await db.from('captured_messages').where({ workspace_id: workspace.id, private: false })
  return ids.map((id) => rows.find(({ contact_id: contactId }) => contactId === id)!)
}

export const engagements = (workspace: { id: number }) => db.from('engagements').where('workspace_id', workspace.id)
