import type { AccessToken } from '@adonisjs/auth/access_tokens'
import db from '@adonisjs/lucid/services/db'
import { touch } from '#platform'
import type { Actor } from '../actor.ts'
import { audit } from '../audit.ts'
import { TooMuchScope } from '../errors.ts'
import { Membership } from '../models/membership.ts'
import type { Permission } from '../permissions.ts'

/**
 * A token for a program, acting for this member: its scopes are among what the member may do and, when a program asks,
 * among what its own token may do, for no longer.
 *
 * @returns the token, with its value for this once
 */
export async function createToken({
  membership,
  name,
  scopes,
  asking,
  expiresInDays,
  actor,
}: {
  membership: Membership
  name: string
  scopes: Permission[]
  /** The token that asks, if a program does. */
  asking?: AccessToken
  expiresInDays?: number
  actor: Actor
}) {
  for (const scope of scopes) {
    if (!membership.may(scope) || asking?.denies(scope)) {
      throw new TooMuchScope(`You may not hand out ${scope}: you do not have it yourself.`, { field: 'scopes' })
    }
  }
  if (asking?.expiresAt && !(expiresInDays && inDays(expiresInDays) <= asking.expiresAt)) {
    throw new TooMuchScope('You may not make a token that lives longer than the one that you show.', {
      field: 'expires_in_days',
    })
  }
  return db.transaction(async (trx) => {
    const token = await Membership.accessTokens.in(trx).create(membership, scopes, {
      name,
      ...(expiresInDays ? { expiresIn: `${expiresInDays} days` } : {}),
    })
    await audit('token.created', {
      workspaceId: membership.workspaceId,
      actor,
      subject: { type: 'token', id: String(token.identifier) },
      details: { scopes, expires_in_days: expiresInDays ?? null },
      trx,
    })
    await touch(trx, membership.workspaceId, ['tokens'])
    return token
  })
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000)
