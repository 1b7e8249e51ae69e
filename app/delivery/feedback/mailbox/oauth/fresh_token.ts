import { setTimeout as pause } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { sealSecret } from '../../../providers/secrets.ts'
import { NoToken, renewTokens, type Tokens } from './ask_provider.ts'
import { endGrant, grantOf, openGrant, type Grant } from './grant.ts'

/** The provider takes the stored consent no more; only a person can give another. */
export class SignInNeeded extends Error {
  code = 'ESIGNIN'
}

/** Longer than a provider may take to answer. */
const LEASE_SECONDS = 40
const WAIT_MS = 30_000

/**
 * An access token that is good for some minutes, and the grant that it is from. When its time is near it is renewed, by one
 * worker: a provider may give each refresh token once (RFC 9700 §4.14.2), and two at a time would end the consent. The others
 * wait for the answer.
 *
 * @throws SignInNeeded, NoToken, CannotFetch
 */
export async function freshToken(workspaceId: number): Promise<{ accessToken: string; grant: Grant }> {
  const began = performance.now()
  while (performance.now() - began < WAIT_MS) {
    const grant = await grantOf(workspaceId)
    if (!grant) throw new Error('The mailbox was changed meanwhile.')
    if (grant.ended_at) throw new SignInNeeded(grant.ended_why!)
    if (grant.is_fresh) return { accessToken: openGrant(grant).accessToken, grant }
    const renewed = (await claim(workspaceId, grant)) ? await renew(workspaceId, grant) : null
    if (renewed) return renewed
    await pause(250)
  }
  throw new NoToken('Another worker renews the sign-in and takes too long.', { isOver: false })
}

async function claim(workspaceId: number, { refresh_token: token, access_token: old }: Grant): Promise<boolean> {
  const { rowCount } = await db.rawQuery(
    `update mailbox_grants set refreshing_until = clock_timestamp() + make_interval(secs => ?)
     where workspace_id = ? and refresh_token = ? and access_token = ? and ended_at is null
       and coalesce(refreshing_until, '-infinity') <= clock_timestamp()`,
    [LEASE_SECONDS, workspaceId, token, old]
  )
  return rowCount === 1
}

/** Null: somebody else holds a newer one by now. */
async function renew(workspaceId: number, grant: Grant) {
  const { refreshToken, ...asked } = openGrant(grant)
  const used = grant.refresh_token
  let tokens: Tokens
  try {
    tokens = await renewTokens(asked, refreshToken)
  } catch (error) {
    if (error instanceof NoToken && error.isOver) {
      const why = `${error.message} Sign in again.`
      if (await endGrant(workspaceId, { used, why })) throw new SignInNeeded(why)
      return null
    }
    await letGo(workspaceId, used)
    throw error
  }
  return { accessToken: tokens.accessToken, grant: await store(workspaceId, grant, tokens) }
}

/**
 * Known by the refresh token that was used, not by the lease: who was held up for longer than that still holds the only token
 * that is good, and what another was told of the old one meanwhile is no longer true.
 */
async function store(workspaceId: number, grant: Grant, tokens: Tokens): Promise<Grant> {
  const kept = {
    access_token: sealSecret('mailbox_access_token', tokens.accessToken),
    refresh_token:
      tokens.refreshToken === null ? grant.refresh_token : sealSecret('mailbox_refresh_token', tokens.refreshToken),
  }
  await db.rawQuery(
    `update mailbox_grants set access_token = ?, refresh_token = ?, fresh_until = clock_timestamp() + make_interval(secs => ?),
       refreshing_until = null, ended_at = null, ended_why = null
     where workspace_id = ? and refresh_token = ?`,
    [kept.access_token, kept.refresh_token, tokens.freshSeconds, workspaceId, grant.refresh_token]
  )
  return { ...grant, ...kept, is_fresh: true }
}

async function letGo(workspaceId: number, used: string) {
  await db
    .from('mailbox_grants')
    .where({ workspace_id: workspaceId, refresh_token: used })
    .update({ refreshing_until: null })
}
