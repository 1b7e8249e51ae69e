import db from '@adonisjs/lucid/services/db'
import { hashOfSecret, oneTimeSecret } from './one_time_secret.ts'

/** A session is a row: signing out deletes it, and every copy of its cookie is worth nothing from then on. */
export async function openSession(userId: number): Promise<string> {
  const { secret, hash } = oneTimeSecret()
  await db.table('sessions').insert({ secret_hash: hash, user_id: userId })
  return secret
}

/** Is it still open, and this person's? Says once a day that it is used. */
export async function isOpenSession(secret: string, userId: number): Promise<boolean> {
  const of = { secret_hash: hashOfSecret(secret), user_id: userId }
  const session = await db
    .from('sessions')
    .where(of)
    .select(db.raw(`seen_at < now() - interval '1 day' as is_old`))
    .first()
  if (session?.is_old)
    await db
      .from('sessions')
      .where(of)
      .update({ seen_at: db.raw('now()') })
  return session !== null && session !== undefined
}

export async function closeSession(secret: string) {
  await db.from('sessions').where('secret_hash', hashOfSecret(secret)).delete()
}

/** After a change of password: whoever is signed in elsewhere is so no more. */
export async function closeOtherSessions(userId: number, secret: string) {
  await db.from('sessions').where('user_id', userId).whereNot('secret_hash', hashOfSecret(secret)).delete()
}

/** Daily: those whose cookie has run out, and invitations and links to a new password that opened nothing for a month. */
export async function cleanSessions() {
  await db.rawQuery(`delete from sessions where seen_at < now() - interval '32 days'`)
  await db.rawQuery(`delete from invitations where expires_at < now() - interval '30 days'`)
  await db.rawQuery(`delete from password_resets where expires_at < now() - interval '30 days'`)
}
