import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/**
 * Does `work` while rows may come in any order and nothing reacts to them: foreign keys are off and made again afterwards, which
 * checks every row at once; so are triggers on inserts. Those that keep ledgers from changes stay on. Without a superuser,
 * who alone could say so in one word.
 */
export async function withoutChecks(trx: TransactionClientContract, work: () => Promise<void>) {
  const { rows } = await trx.rawQuery(`${FOREIGN_KEYS} union all ${TRIGGERS}`)
  for (const { off } of rows) await trx.rawQuery(off)
  await work()
  for (const { on } of rows) await trx.rawQuery(on)
}

/** The statements come from the database's own catalogue. A question mark would be taken for a binding; none has one. */
const FOREIGN_KEYS = `
  select format('alter table %s drop constraint %I', conrelid::regclass, conname) as off,
    format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as on
  from pg_constraint where contype = 'f' and conparentid = 0 and connamespace = 'public'::regnamespace`

const TRIGGERS = `
  select format('alter table %s disable trigger %I', tgrelid::regclass, tgname),
    format('alter table %s enable %s trigger %I', tgrelid::regclass,
      case tgenabled when 'A' then 'always' when 'R' then 'replica' else '' end, tgname)
  from pg_trigger join pg_class on pg_class.oid = tgrelid
  where not tgisinternal and tgparentid = 0 and tgtype::int & 4 > 0 and tgenabled <> 'D' and relnamespace = 'public'::regnamespace`
