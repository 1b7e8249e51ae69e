import db from '@adonisjs/lucid/services/db'
import type { DomainEvent } from '#platform'

/** `contact.erased`: that somebody opened or clicked stays counted; from where and with what program goes. */
export async function forgetEngagements({ workspaceId, payload }: Pick<DomainEvent, 'workspaceId' | 'payload'>) {
  await db
    .from('engagements')
    .where({ workspace_id: workspaceId, contact_id: Number(payload.contact_id) })
    .update({ user_agent: null, ip_hash: null })
}
