import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/**
 * Tells the modules below that something happened: a row written with the change itself. Listeners (start/events.ts)
 * run after the commit, at least once, in a worker; each must be idempotent.
 */
export async function announce(
  name: string,
  {
    workspaceId,
    payload,
    secret = false,
    trx,
  }: {
    workspaceId: number
    payload: Record<string, unknown>
    /** The payload opens something (a link in a mail): it is wiped as soon as it was delivered. */
    secret?: boolean
    trx: TransactionClientContract
  }
) {
  await trx
    .insertQuery()
    .table('domain_events')
    .insert({ workspace_id: workspaceId, name, payload: JSON.stringify(payload), secret })
  await trx.rawQuery(`select pg_notify('assent_domain_events', '')`)
}
