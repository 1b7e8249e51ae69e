import db from '@adonisjs/lucid/services/db'
import type { BounceMailbox } from '../../models/bounce_mailbox.ts'
import { grantOf, type Grant } from './oauth/grant.ts'
import { providerOf } from './oauth/mail_app.ts'

/** A bounce mailbox as its team sees it, with what came in during the last 30 days. */
export async function mailboxJson(mailbox: BounceMailbox) {
  const { address, host, port, security, username: user, folder, lastError } = mailbox
  const grant = await grantOf(mailbox.workspaceId)
  return {
    address,
    host,
    port,
    security: security as 'tls' | 'starttls' | 'none',
    user,
    folder,
    after_reading: mailbox.afterReading as 'keep' | 'seen' | 'move',
    move_to: mailbox.moveTo,
    checked_at: mailbox.checkedAt?.toUTC().toISO() ?? null,
    last_error: lastError,
    /** Null: it is opened by a password. */
    app: grant && appJson(grant),
    /** Why somebody has to sign in again; null: nobody has to. */
    sign_in_again: grant?.ended_why ?? null,
    received: await receivedOf(mailbox),
  }
}

function appJson({ app }: Grant) {
  const { authorizationEndpoint, tokenEndpoint, scope, clientAuth } = providerOf(app)
  return {
    kind: app.kind,
    client_id: app.clientId,
    tenant: app.kind === 'microsoft' ? app.tenant : null,
    authorization_endpoint: authorizationEndpoint,
    token_endpoint: tokenEndpoint,
    scope,
    client_auth: clientAuth,
  }
}

/** `matched`: named one of our mails. `unsubscribed`: readers who left by mail. `unmatched`: reports that did not, and change nothing. `other`: written by people, or no report. */
async function receivedOf({ workspaceId }: BounceMailbox) {
  const { rows } = await db.rawQuery(
    `select count(*) filter (where type not in ('mailbox.unmatched', 'mailbox.other', 'mailbox.unsubscribe'))::int as matched,
       count(*) filter (where type = 'mailbox.unsubscribe')::int as unsubscribed,
       count(*) filter (where type = 'mailbox.unmatched')::int as unmatched,
       count(*) filter (where type = 'mailbox.other')::int as other
     from provider_events
     where workspace_id = ? and event_id >= 'mailbox-' and event_id < 'mailbox.' and received_at > now() - interval '30 days'`,
    [workspaceId]
  )
  return rows[0] as { matched: number; unsubscribed: number; unmatched: number; other: number }
}
