import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import { failureForLog, touch, type LoopContext, type WorkerLoop } from '#platform'
import { environment } from '../../providers/environment.ts'
import { BounceMailbox } from '../../models/bounce_mailbox.ts'
import type { OpenMailbox } from './imap.ts'
import { withOwnMailbox } from './own_mailbox.ts'
import { readFolder } from './read_folder.ts'
import { storeMails } from './store_mails.ts'

const EVERY_SECONDS = 60
/** One look at one mailbox: 50 mails. A lease outlives it, with another token for the second try. */
const WITHIN_MS = 120_000
const LEASE_SECONDS = 240

export const bounceMailboxes: WorkerLoop = {
  name: 'bounce_mailboxes',
  async run({ signal, idle }: LoopContext) {
    while (!signal.aborted) if (!(await readDueMailbox())) await idle(5_000)
  },
}

/**
 * Reads the mailbox that has waited longest, one lot of it; the workers take turns. One that somebody has to sign in to again
 * is left alone until then.
 *
 * @returns false when none is due
 */
export async function readDueMailbox({ workspaceId = null }: { workspaceId?: number | null } = {}): Promise<boolean> {
  const { rows } = await db.rawQuery(
    `update bounce_mailboxes b set lease_until = clock_timestamp() + make_interval(secs => ?)
     from (
       select workspace_id from bounce_mailboxes
       where next_check_at <= clock_timestamp() and coalesce(lease_until, '-infinity') <= clock_timestamp()
         and workspace_id = coalesce(?, workspace_id)
         and not exists (select from mailbox_grants g where g.workspace_id = bounce_mailboxes.workspace_id and g.ended_at is not null)
       order by next_check_at limit 1 for update skip locked
     ) as due
     where b.workspace_id = due.workspace_id returning b.id`,
    [LEASE_SECONDS, workspaceId] as any[]
  )
  if (rows.length === 0) return false
  const mailbox = await BounceMailbox.findOrFail(rows[0].id)
  try {
    const mayBePrivate = environment().ALLOW_PRIVATE_ADDRESSES
    await withOwnMailbox(mailbox, { mayBePrivate, withinMs: WITHIN_MS }, (open) => readLot(mailbox, open))
  } catch (error) {
    await failed(mailbox, error as Error)
  }
  return true
}

/**
 * Stored first, then marked as read or moved, then remembered as done: a crash in between reads some of them again, which
 * are known by their contents.
 */
async function readLot(mailbox: BounceMailbox, open: OpenMailbox) {
  const { workspaceId } = mailbox
  const so = {
    uidValidity: mailbox.uidValidity === null ? null : Number(mailbox.uidValidity),
    lastUid: Number(mailbox.lastUid),
    checkedAt: mailbox.checkedAt?.toJSDate() ?? null,
  }
  const { mails, lastUid, hasMore } = await readFolder(open, so)
  await db.transaction((trx) => storeMails(workspaceId, mails, trx))
  await putAway(
    mailbox,
    open,
    mails.map(({ uid }) => uid)
  )
  await db.transaction(async (trx) => {
    await trx.rawQuery(
      `update bounce_mailboxes
       set uid_validity = ?, last_uid = ?, checked_at = now(), failures = 0, last_error = null, lease_until = null,
         next_check_at = clock_timestamp() + make_interval(secs => ?)
       where workspace_id = ? and id = ? and updated_at = ?`,
      [
        open.uidValidity,
        lastUid,
        hasMore ? 0 : EVERY_SECONDS,
        workspaceId,
        mailbox.id,
        mailbox.updatedAt!.toJSDate(),
      ] as any[]
    )
    if (mails.length > 0 || mailbox.lastError !== null) await touch(trx, workspaceId, ['bounceMailbox'])
  })
}

async function putAway({ afterReading, moveTo }: BounceMailbox, { client }: OpenMailbox, uids: number[]) {
  if (uids.length === 0 || afterReading === 'keep') return
  await client.messageFlagsAdd(uids, ['\\Seen'], { uid: true })
  if (afterReading === 'move' && moveTo !== null) await client.messageMove(uids, moveTo, { uid: true })
}

/** Looked at again after a minute, then two, up to an hour; the screen says why. */
async function failed({ workspaceId, id, failures }: BounceMailbox, error: Error & { responseText?: string }) {
  logger.warn({ workspace: workspaceId, failure: failureForLog(error) }, 'the bounce mailbox could not be read')
  await db.transaction(async (trx) => {
    await trx.rawQuery(
      `update bounce_mailboxes
       set failures = failures + 1, last_error = ?, lease_until = null,
         next_check_at = clock_timestamp() + make_interval(mins => least(60, power(2, least(failures, 6))::int))
       where workspace_id = ? and id = ?`,
      [(error.responseText ?? error.message).slice(0, 300), workspaceId, id]
    )
    if (failures === 0) await touch(trx, workspaceId, ['bounceMailbox'])
  })
}
