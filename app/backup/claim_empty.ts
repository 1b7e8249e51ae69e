import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { quoted, tablesOf } from './catalog.ts'
import { BackupRefused } from './errors.ts'

/** What an installation without a workspace may know already, from the worker that ran there. It is nobody's, and goes. */
const OF_NOBODY = ['sending_watch', 'rate_budgets', 'quotas', 'domain_paces']
const ALIVE = `seen_at > clock_timestamp() - interval '30 seconds'`

/**
 * Nobody else comes in until the end of this transaction: who starts now waits at their heartbeat.
 *
 * @throws BackupRefused when we do not own the tables, when something runs here, or when there is anything to lose
 */
export async function claimEmpty(trx: TransactionClientContract) {
  const tables = (await tablesOf(trx)).map(({ name }) => name)
  await mustOwn(trx)
  await lock([...tables, 'heartbeats'], trx)
  const { rows: alive } = await trx.rawQuery(
    `select kind, count(*)::int as n from heartbeats where ${ALIVE} group by kind`
  )
  if (alive.length > 0) {
    const who = alive.map(({ kind, n }: { kind: string; n: number }) => `${n} ${kind}`).join(' and ')
    throw new BackupRefused(
      `Assent runs on this database (${who}). Stop it first; half a minute after one was killed, it counts as gone.`
    )
  }
  for (const name of OF_NOBODY) await trx.rawQuery(`delete from public.${quoted(name)}`)
  const filled = `select string_agg(name, ', ') as names from (${tables.map((name) => `select '${name}' as name where exists (select from public.${quoted(name)})`).join(' union all ')}) as filled`
  const [{ names }] = (await trx.rawQuery(filled)).rows
  if (names === null) return
  throw new BackupRefused(
    `This installation is in use already: there is something in ${names}. A backup comes into an empty one only. Set DATA_DIR to a new directory (with DATABASE_URL: to a new database), and restore there.`
  )
}

async function mustOwn(trx: TransactionClientContract) {
  const { rows } = await trx.rawQuery(
    `select current_user as role, bool_and(pg_has_role(relowner, 'usage')) as owns from pg_class
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`
  )
  if (rows[0].owns) return
  throw new BackupRefused(
    `The role ${rows[0].role} does not own the tables. Set DATABASE_OWNER_URL to the address of their owner, too.`
  )
}

async function lock(tables: string[], trx: TransactionClientContract) {
  await trx.rawQuery(`set local lock_timeout = '5s'`)
  try {
    await trx.rawQuery(
      `lock table ${tables.map((name) => `public.${quoted(name)}`).join(', ')} in access exclusive mode`
    )
  } catch (error) {
    if ((error as { code?: string }).code !== '55P03') throw error
    throw new BackupRefused('Something else uses this database at this moment. Stop Assent and whatever reads there.')
  }
}
