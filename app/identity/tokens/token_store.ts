import { AccessToken, DbAccessTokensProvider } from '@adonisjs/auth/access_tokens'
import type { Secret } from '@adonisjs/core/helpers'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import db from '@adonisjs/lucid/services/db'

/**
 * Tokens of programs: stored hashed, shown once. Unlike the framework's, "last used" is written at most once a minute
 * and after the secret was verified, so that a busy program does not queue behind its own row.
 */
export class TokenStore extends DbAccessTokensProvider<any> {
  /** The same store, writing in this transaction. */
  in(trx: TransactionClientContract): TokenStore {
    const store = new TokenStore(this.options)
    store.getDb = async () => trx as any
    return store
  }

  async verify(tokenValue: Secret<string>) {
    const shown = AccessToken.decode(this.prefix, tokenValue.release())
    if (!shown || !/^\d{1,15}$/.test(String(shown.identifier))) return null
    const row = await db
      .from(this.table)
      .where({ id: Number(shown.identifier), type: this.type })
      .first()
    if (!row) return null
    const token = this.dbRowToAccessToken(row)
    if (!token.verify(shown.secret) || token.isExpired()) return null
    await db.rawQuery(
      `update access_tokens set last_used_at = now()
       where id = ? and (last_used_at is null or last_used_at < now() - interval '1 minute')`,
      [row.id]
    )
    return token
  }
}
