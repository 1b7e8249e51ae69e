import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import { suppressListed, type SuppressionReason } from '#consent'
import { theSystem } from '#identity'
import { failureForLog, touch } from '#platform'
import { ListUnread } from '../errors.ts'
import { ProviderAccount } from '../models/provider_account.ts'
import { spareCalls } from '../sender/spare_calls.ts'
import { kindNames, kindOf, type Listed } from './kinds.ts'
import { openCredentials } from './secrets.ts'

const MOST_MS = 40 * 60_000

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
    await readList(account, { end, signal })
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
       order by list_reading_since nulls first, id limit 1 for update skip locked
     ) due
     where a.workspace_id = due.workspace_id and a.id = due.id
     returning a.workspace_id, a.id`,
    [kept, workspaceId] as any[]
  )
  if (rows.length === 0) return null
  return ProviderAccount.of({ id: rows[0].workspace_id }).where('id', rows[0].id).first()
}

/** One that cannot be read keeps its mark for an hour and does not hold up the others. */
async function readList(account: ProviderAccount, { end, signal }: { end: number; signal?: AbortSignal }) {
  const mayCall = spareCalls(account.account, { signal })
  let after = account.listAfter
  try {
    const credentials = openCredentials(account.credentials!)
    do {
      if (Date.now() > end || !(await mayCall())) return
      const page = await kindOf(account.kind).suppressed!(credentials, after)
      await keep(account, page)
      after = page.next
    } while (after !== null)
  } catch (error) {
    const isTold = error instanceof ListUnread
    if (!isTold) logger.error({ account: account.account, failure: failureForLog(error) }, 'a list could not be read')
    await giveUp(account, isTold ? error.message : failureForLog(error).message)
  }
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
async function giveUp({ workspaceId, id }: ProviderAccount, note: string): Promise<void> {
  await db.transaction(async (trx) => {
    await trx
      .from('provider_accounts')
      .where({ workspace_id: workspaceId, id })
      .update({ list_after: null, list_note: note })
    await touch(trx, workspaceId, ['providers'])
  })
}

/** A bounce puts itself on our list for its own reason, if it is the address's: the provider's list also takes blocks. */
const REASONS: Record<Listed['entries'][number]['origin'], SuppressionReason> = {
  complaint: 'complaint',
  recipient: 'unsubscribed_all',
  other: 'provider',
}
