import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { stopWithin } from './stop_shipment.ts'

/** So long may nobody have looked after the sending, and it goes on by itself. */
const ASLEEP_HOURS = 6

/** This very database: a copy has another name, a restored or promoted one another timeline, one restored in its place other tables. */
const MARK = `
  select concat_ws('/', (select oid from pg_database where datname = current_database()), 'batches'::regclass::oid,
    case when has_function_privilege('pg_control_system()', 'execute') then (select system_identifier from pg_control_system())::text end,
    case when has_function_privilege('pg_control_checkpoint()', 'execute') then (select timeline_id from pg_control_checkpoint())::text end) as mark`

/**
 * A restored backup believes that mails wait which have long left. So has every loop of a worker that sends ask first
 * whether this is the database that it was, and whether it was awake: if not, whatever was being sent stands still until
 * a person says that it may go on. Only what was sealed is brought to its end, under its own keys, which cannot double.
 *
 * @returns when that was found the last time, by the database's clock; null: never
 */
export async function holdAfterRestore(): Promise<Date | null> {
  return db.transaction(async (trx) => {
    const [{ mark }] = (await trx.rawQuery(MARK)).rows
    await trx.rawQuery('insert into sending_watch (database_mark) values (?) on conflict do nothing', [mark])
    const { rows } = await trx.rawQuery(
      `select database_mark, seen_at, held_at, seen_at < clock_timestamp() - make_interval(hours => ?) as was_asleep from sending_watch for update`,
      [ASLEEP_HOURS]
    )
    const [watch] = rows
    const isOther = watch.database_mark !== mark
    if (isOther || watch.was_asleep) {
      await stopAll(trx, isOther)
      await doubtServiceMail(trx, watch.seen_at)
    }
    const { rows: noted } = await trx.rawQuery(
      `update sending_watch set database_mark = ?, seen_at = clock_timestamp(), held_at = case when ? then clock_timestamp() else held_at end
       returning held_at`,
      [mark, isOther]
    )
    return noted[0].held_at
  })
}

/**
 * Other data have come into this database: whatever mark they brought, the next worker finds that it is another one, and
 * everything that waits was there before now.
 */
export const mustAskAgain = (trx: TransactionClientContract) =>
  trx.rawQuery(
    `insert into sending_watch (database_mark, seen_at) values ('restored', clock_timestamp())
     on conflict (id) do update set database_mark = excluded.database_mark, seen_at = excluded.seen_at`
  )

/** Somebody looks after the sending. */
export const watchSending = () => db.rawQuery('update sending_watch set seen_at = clock_timestamp()')

/** Nobody waits for a person to say whether a receipt may go out late: what waited then is left to who asked for it. */
async function doubtServiceMail(trx: Parameters<typeof stopWithin>[0], seenAt: Date) {
  await trx.rawQuery(
    `update service_messages
     set state = 'unconfirmed', reason = 'restored', note = ?, mail = null, state_at = now(), ended_at = now()
     where state = 'queued' and created_at < ?::timestamptz + interval '1 minute'`,
    ['The database was restored, or nothing ran here for hours: this may have left already.', seenAt] as any[]
  )
}

async function stopAll(trx: Parameters<typeof stopWithin>[0], isOther: boolean) {
  const { rows } = await trx.rawQuery(
    `select workspace_id as "workspaceId", id as "shipmentId", campaign_id as "campaignId" from shipments
     where finished_at is null and state = 'running' order by id`
  )
  if (rows.length === 0) return
  logger.warn({ campaigns: rows.length, isOther }, 'sending stands still until a person has looked')
  const note = isOther
    ? 'The database was moved or restored from a backup. Mails that wait here may have left already, and who unsubscribed since then may not be known here.'
    : `Nothing was running here for more than ${ASLEEP_HOURS} hours. Perhaps this is a restored backup, and mails that wait here have left already.`
  for (const shipment of rows) await stopWithin(trx, shipment, { reason: 'restored', note })
}
