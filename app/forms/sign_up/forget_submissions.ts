import db from '@adonisjs/lucid/services/db'
import type { DomainEvent } from '#platform'

/**
 * `contact.erased`: that somebody signed up by a form stays a number, whoever it was goes; their link is nobody's from now
 * on. Also what waits for a person to judge it and belongs to no contact yet: it is found by the former address.
 */
export async function forgetSubmissions({ workspaceId, payload }: Pick<DomainEvent, 'workspaceId' | 'payload'>) {
  const contactId = Number(payload.contact_id)
  await db.rawQuery(
    `update form_submissions set email = null, answers = '{}', ip = null, user_agent = null, confirmed_ip = null,
       confirmed_agent = null, origin = null, judged_reason = null,
       state = case when state in ('pending', 'doubtful', 'repeated') then 'erased' else state end
     where workspace_id = ? and (contact_id = ? or email_hash in (
       select address_hash from former_addresses where workspace_id = ? and channel = 'email' and contact_id = ?))`,
    [workspaceId, contactId, workspaceId, contactId]
  )
}
