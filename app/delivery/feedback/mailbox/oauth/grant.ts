import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import db from '@adonisjs/lucid/services/db'
import { touch } from '#platform'
import { openSecret, sealSecret } from '../../../providers/secrets.ts'
import type { Tokens } from './ask_provider.ts'
import type { MailApp } from './mail_app.ts'

/** What a consent gave, as a row holds it: secrets sealed. */
export interface Grant {
  app: MailApp
  client_secret: string
  refresh_token: string
  access_token: string
  is_fresh: boolean
  ended_why: string | null
  ended_at: Date | null
}

/** A sign-in that has just succeeded. */
export interface NewGrant {
  app: MailApp
  clientSecret: string
  tokens: Tokens & { refreshToken: string }
}

export async function grantOf(workspaceId: number): Promise<Grant | null> {
  const { rows } = await db.rawQuery(
    `select *, fresh_until > clock_timestamp() as is_fresh from mailbox_grants where workspace_id = ?`,
    [workspaceId]
  )
  return rows[0] ?? null
}

/** In place of the one before; whoever renews that one at this moment changes nothing here. */
export async function keepGrant(
  workspaceId: number,
  { app, clientSecret, tokens }: NewGrant,
  trx: TransactionClientContract
) {
  await trx.rawQuery(
    `insert into mailbox_grants (workspace_id, app, client_secret, refresh_token, access_token, fresh_until)
     values (?, ?, ?, ?, ?, clock_timestamp() + make_interval(secs => ?))
     on conflict (workspace_id) do update set app = excluded.app, client_secret = excluded.client_secret,
       refresh_token = excluded.refresh_token, access_token = excluded.access_token, fresh_until = excluded.fresh_until,
       refreshing_until = null, ended_at = null, ended_why = null`,
    [
      workspaceId,
      JSON.stringify(app),
      sealSecret('mailbox_client_secret', clientSecret),
      sealSecret('mailbox_refresh_token', tokens.refreshToken),
      sealSecret('mailbox_access_token', tokens.accessToken),
      tokens.freshSeconds,
    ]
  )
}

export async function dropGrant(workspaceId: number, trx: TransactionClientContract) {
  await trx.from('mailbox_grants').where({ workspace_id: workspaceId }).delete()
}

/** The mail server does not take this token, whatever its time: whoever asks next brings another. */
export async function distrust(workspaceId: number, { access_token: token }: Pick<Grant, 'access_token'>) {
  await db
    .from('mailbox_grants')
    .where({ workspace_id: workspaceId, access_token: token })
    .update({ fresh_until: db.raw('clock_timestamp()') })
}

/**
 * Nobody asks again before somebody has signed in.
 *
 * @param used the refresh token that was refused
 * @returns whether it was the stored one
 */
export async function endGrant(workspaceId: number, { used, why }: { used: string; why: string }): Promise<boolean> {
  return db.transaction(async (trx) => {
    const { rowCount } = await trx.rawQuery(
      `update mailbox_grants set ended_at = clock_timestamp(), ended_why = ?, refreshing_until = null
       where workspace_id = ? and refresh_token = ?`,
      [why, workspaceId, used]
    )
    if (rowCount === 0) return false
    await touch(trx, workspaceId, ['bounceMailbox'])
    return true
  })
}

export const openGrant = (grant: Grant) => ({
  app: grant.app,
  clientSecret: openSecret('mailbox_client_secret', grant.client_secret),
  refreshToken: openSecret('mailbox_refresh_token', grant.refresh_token),
  accessToken: openSecret('mailbox_access_token', grant.access_token),
})
