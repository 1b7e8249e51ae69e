import db from '@adonisjs/lucid/services/db'
import type { DomainEvent } from '#platform'

/**
 * `contact.erased`: messages keep what became of them and lose address and merge values; so do the provider's stored
 * words about them. One that is on its way at this moment needs its bytes for a retry of the same call: failing makes
 * the event come again when it has arrived.
 */
export async function forgetMessages({ workspaceId, payload }: Pick<DomainEvent, 'workspaceId' | 'payload'>) {
  const of = { workspace_id: workspaceId, contact_id: payload.contact_id }
  await db.from('messages').where(of).whereNot('state', 'sending').update({ email: null, merge: null })
  await db.rawQuery(
    `update provider_events set body = body #- '{data,to}' #- '{data,subject}'
     where workspace_id = ? and body->'data'->'tags'->>'m' = ?`,
    [workspaceId, String(payload.contact_id)]
  )
  const onTheWay = await db.from('messages').where(of).where('state', 'sending').first()
  if (onTheWay) throw new Error('A message to this person is on its way; its address goes when it has arrived.')
}
