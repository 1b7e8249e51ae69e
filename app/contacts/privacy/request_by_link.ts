import { DateTime } from 'luxon'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Actor } from '#identity'
import type { Contact } from '../models/contact.ts'
import { PrivacyRequest, type RequestKind } from '../models/privacy_request.ts'
import { recordRequest } from './record_request.ts'

/** How long the link in the mail works. */
export const LINK_DAYS = 7
const MAILS_A_DAY = 3

/**
 * Somebody who holds the link of a mail asks for something by right. Perhaps it is the person, perhaps whoever the mail was
 * forwarded to: so it waits until who reads the address's mail confirms it. Asked again it is the same request. One mail an
 * hour and three a day, for each kind of request, is the most that an address gets for it.
 *
 * The contact is locked by the caller, so that two presses of the button are one request.
 *
 * @returns the request for which a mail has to leave now, or null when one did not long ago
 */
export async function requestByLink({
  workspaceId,
  contact,
  kind,
  actor,
  trx,
}: {
  workspaceId: number
  contact: Contact
  kind: RequestKind
  actor: Actor
  trx: TransactionClientContract
}): Promise<PrivacyRequest | null> {
  const addressHash = contact.emailHash!
  const { rows } = await trx.rawQuery(
    `select count(*) filter (where m.at > now() - interval '1 day')::int as mails,
       coalesce(max(m.at) > now() - interval '1 hour', false) as is_recent,
       max(r.id) filter (where r.state = 'unconfirmed' and r.confirm_until > now()) as waiting
     from privacy_requests r cross join unnest(r.mailed_at) as m (at)
     where r.workspace_id = ? and r.address_hash = ? and r.kind = ?`,
    [workspaceId, addressHash, kind]
  )
  const { mails, is_recent: isRecent, waiting } = rows[0]
  if (mails >= MAILS_A_DAY || (waiting && isRecent)) return null
  const until = DateTime.utc().plus({ days: LINK_DAYS })
  const request = waiting
    ? await PrivacyRequest.query({ client: trx }).where({ workspaceId, id: waiting }).firstOrFail()
    : await recordRequest({
        workspaceId,
        contact,
        asked: { kind, channel: 'page', mustConfirm: { addressHash, until } },
        actor,
        trx,
      })
  await trx.rawQuery(
    `update privacy_requests set confirm_until = ?, mailed_at = mailed_at || now() where workspace_id = ? and id = ?`,
    [until.toJSDate(), workspaceId, request.id] as any[]
  )
  return request
}
