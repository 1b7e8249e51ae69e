import db from '@adonisjs/lucid/services/db'
import type { DomainEvent } from '#platform'

/** `contact.erased`: the Outbox keeps that something was sent to somebody, not to whom or what it said. */
export async function forgetCaptured({ workspaceId, payload }: Pick<DomainEvent, 'workspaceId' | 'payload'>) {
  await db
    .from('captured_messages')
    .where({ workspace_id: workspaceId, contact_id: payload.contact_id })
    .update({ to_address: 'erased', subject: 'erased', html: null, text: null, headers: '{}' })
}
