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

const KEPT_DAYS = 30

/** What nobody confirmed, or somebody rejected, is kept for thirty days; the ledger keeps that it was asked, the form how many. */
export async function cleanSubmissions(): Promise<void> {
  await db.rawQuery(
    `with gone as (
       delete from form_submissions
       where (state = 'pending' and expires_at < now() - make_interval(days => ?))
         or (state in ('rejected', 'repeated', 'doubtful', 'suppressed') and created_at < now() - make_interval(days => ?))
       returning workspace_id, form_id, mailed_at, created_at
     )
     update forms f set forgotten_asked = forgotten_asked + g.asked, forgotten_last_at = greatest(forgotten_last_at, g.last_at)
     from (select workspace_id, form_id, count(mailed_at) as asked, max(created_at) as last_at from gone group by 1, 2) g
     where f.workspace_id = g.workspace_id and f.id = g.form_id`,
    [KEPT_DAYS, KEPT_DAYS]
  )
}
