import db from '@adonisjs/lucid/services/db'
import { setTimeout as rest } from 'node:timers/promises'
import { suppressListed, type SuppressionReason } from '#consent'
import { theSystem } from '#identity'
import { touch } from '#platform'
import { ListUnread } from '../errors.ts'
import { ProviderAccount } from '../models/provider_account.ts'
import { takeServiceCall } from '../sender/rate_budget.ts'
import { kindNames, kindOf, type Listed } from './kinds.ts'
import { openCredentials } from './secrets.ts'

const MOST_MS = 40 * 60_000
/** An account that is paused, or has no call left for so long, goes on in an hour. */
const PATIENCE_MS = 30_000

const kept = kindNames.filter((name) => kindOf(name).suppressed)

/**
 * Reads the suppression lists that providers keep of the workspaces' own accounts: whom they will not deliver to, we do not
 * write to. Each once a day, page by page; rung every hour, the next round goes on where this one ended, whatever happened to it.
 * An account is taken by marking it, so two workers never read the same one. The environment's account serves many workspaces, and
 * one's bounce is none of another's business.
 */
export async function mirrorLists({
  workspaceId = null,
  signal,
}: { workspaceId?: number | null; signal?: AbortSignal } = {}): Promise<void> {
  const end = Date.now() + MOST_MS
  while (Date.now() < end && !signal?.aborted) {
    const account = await takeDue(workspaceId)
    if (!account) return
    await readList(account, end)
  }
}

async function takeDue(workspaceId: number | null): Promise<ProviderAccount | null> {
  const { rows } = await db.rawQuery(
    `update provider_accounts a set list_reading_since = clock_timestamp()
     from (
       select workspace_id, id from provider_accounts
       where credentials is not null and status = 'ok' and kind = any(?::text[]) and workspace_id = coalesce(?, workspace_id)
         and (list_read_at is null or list_read_at < now() - interval '23 hours')
         and (list_reading_since is null or list_reading_since < now() - interval '1 hour')
       order by list_read_at nulls first limit 1 for update skip locked
     ) due
     where a.workspace_id = due.workspace_id and a.id = due.id
     returning a.workspace_id, a.id`,
    [kept, workspaceId] as any[]
  )
  if (rows.length === 0) return null
  return ProviderAccount.of({ id: rows[0].workspace_id }).where('id', rows[0].id).first()
}

async function readList(account: ProviderAccount, end: number): Promise<void> {
  const { suppressed } = kindOf(account.kind)
  const credentials = openCredentials(account.credentials!)
  let after = account.listAfter
  try {
    do {
      if (Date.now() > end || !(await mayCall(account.account))) return
      const page = await suppressed!(credentials, after)
      await keep(account, page)
      after = page.next
    } while (after !== null)
  } catch (error) {
    if (!(error instanceof ListUnread)) throw error
    await giveUp(account, error)
  }
}

async function mayCall(account: string): Promise<boolean> {
  const end = Date.now() + PATIENCE_MS
  while (Date.now() < end) {
    if (await takeServiceCall(account, { isReplay: false })) return true
    await rest(250)
  }
  return false
}

/** A page and where the next begins, in one transaction. */
async function keep(account: ProviderAccount, { entries, next }: Listed): Promise<void> {
  const { workspaceId, id, name } = account
  await db.transaction(async (trx) => {
    const { suppressed } = await suppressListed({
      workspaceId,
      listed: entries.map(({ origin, ...one }) => ({ ...one, reason: REASONS[origin] })),
      source: 'provider',
      note: `It is on the suppression list of ${name}.`,
      actor: theSystem,
      trx,
    })
    const read = next === null ? { list_read_at: trx.raw('now()'), list_reading_since: null, list_note: null } : {}
    await trx
      .from('provider_accounts')
      .where({ workspace_id: workspaceId, id })
      .update({ list_after: next, ...read })
    if (next === null || suppressed > 0) await touch(trx, workspaceId, ['providers'])
  })
}

/** From the first page the next time: where this one would have gone on may be forgotten there. */
async function giveUp({ workspaceId, id }: ProviderAccount, { message }: ListUnread): Promise<void> {
  await db.transaction(async (trx) => {
    await trx
      .from('provider_accounts')
      .where({ workspace_id: workspaceId, id })
      .update({ list_after: null, list_note: message })
    await touch(trx, workspaceId, ['providers'])
  })
}

/** A bounce puts itself on our list for its own reason, if it is the address's: the provider's list also takes blocks. */
const REASONS: Record<Listed['entries'][number]['origin'], SuppressionReason> = {
  complaint: 'complaint',
  recipient: 'unsubscribed_all',
  other: 'provider',
}
