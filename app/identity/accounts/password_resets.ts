import { DateTime } from 'luxon'
import db from '@adonisjs/lucid/services/db'
import { announce } from '#platform'
import { appUrl } from '#config/app'
import type { Actor } from '../actor.ts'
import { audit } from '../audit.ts'
import { LinkNotValid } from '../errors.ts'
import { Membership } from '../models/membership.ts'
import { User } from '../models/user.ts'
import { sendSystemMail } from '../system_mail.ts'
import { emailKey } from './email_key.ts'
import { hashOfSecret, oneTimeSecret } from './one_time_secret.ts'
import { refuseWeakPassword } from './passwords.ts'

const VALID_MINUTES = 60

/**
 * Somebody says that they forgot the password of this address. Known or not, the request does the same work; a worker
 * looks later (`sendPasswordReset`), so neither answer nor time tells who has an account.
 */
export async function requestPasswordReset(email: string) {
  await db.transaction((trx) =>
    announce('password_reset.requested', {
      workspaceId: 0,
      payload: { email_key: emailKey(email) },
      secret: true,
      trx,
    })
  )
}

/** The listener: makes the link and mails it, if there is such an account. */
export async function sendPasswordReset({ id, payload }: { id: number; payload: { email_key: string } }) {
  const user = await User.findBy('emailKey', payload.email_key)
  if (!user) return
  const link = await passwordResetLink(user)
  const memberships = await Membership.query().where('user_id', user.id).orderBy('id')
  const through = (await opensNoMoreThanTheirs(memberships)) ? 'workspace' : 'installation'
  await db.transaction((trx) =>
    sendSystemMail({
      workspaceId: memberships[0]?.workspaceId ?? 0,
      to: user.email,
      through,
      key: `password-reset-${id}`,
      subject: 'Choose a new password',
      lead: 'Somebody, probably you, asked for a new password for your Assent account.',
      action: { label: 'Choose a new password', url: link },
      note: 'The link works once and for one hour. If it was not you, do nothing: your password stays as it is.',
      trx,
    })
  )
}

/**
 * Whoever connects a workspace's provider can read there what is mailed through it. That may be a link that opens what
 * they may do anyway, and nothing more: not another workspace, not an owner's account to an admin.
 */
async function opensNoMoreThanTheirs(memberships: Membership[]): Promise<boolean> {
  if (memberships.length !== 1) return false
  const [{ role, workspaceId }] = memberships
  if (role !== 'owner') return true
  return (await Membership.query().where({ workspace_id: workspaceId, role: 'admin' }).first()) === null
}

/** A link with which this person chooses a new password: works once, for an hour. */
export async function passwordResetLink(user: User): Promise<string> {
  const { secret, hash } = oneTimeSecret()
  await db.table('password_resets').insert({
    user_id: user.id,
    token_hash: hash,
    expires_at: DateTime.now().plus({ minutes: VALID_MINUTES }).toJSDate(),
  })
  return `${appUrl}/reset-password/${secret}`
}

/** Whose link is this? */
export async function readPasswordReset(secret: string): Promise<User> {
  const reset = await db
    .from('password_resets')
    .where('token_hash', hashOfSecret(secret))
    .whereNull('used_at')
    .where('expires_at', '>', new Date())
    .first()
  if (!reset) throw notValid()
  return User.findOrFail(reset.user_id)
}

/** Sets the password; its link works once. */
export async function resetPassword({
  secret,
  password,
  from,
}: {
  secret: string
  password: string
  from: Pick<Actor, 'ip' | 'userAgent' | 'requestId'>
}) {
  const owner = await readPasswordReset(secret)
  refuseWeakPassword(password, { email: owner.email })
  await db.transaction(async (trx) => {
    const { rows } = await trx.rawQuery(
      `update password_resets set used_at = now() where token_hash = ? and used_at is null and expires_at > now() returning user_id`,
      [hashOfSecret(secret)]
    )
    if (rows.length === 0) throw notValid()
    await setPassword({ user: owner, password, action: 'password.reset', from, trx })
  })
}

const notValid = () => new LinkNotValid('This link was used, replaced or is older than an hour. Ask for a new one.')

/** Links to choose another are used up, and the stamp ends every session that began before it. */
export async function setPassword({
  user,
  password,
  action,
  from,
  trx,
}: {
  user: User
  password: string
  action: 'password.reset' | 'password.changed'
  from: Pick<Actor, 'ip' | 'userAgent' | 'requestId'>
  trx: Parameters<typeof announce>[1]['trx']
}) {
  await trx.from('password_resets').where('user_id', user.id).whereNull('used_at').update({ used_at: new Date() })
  await user.useTransaction(trx).merge({ password, passwordChangedAt: DateTime.now() }).save()
  for (const { workspaceId } of await Membership.query({ client: trx }).where('user_id', user.id)) {
    await audit(action, {
      workspaceId,
      actor: { kind: 'user', id: user.id, label: user.fullName ?? user.email, ...from },
      subject: { type: 'user', id: user.id },
      trx,
    })
  }
}
