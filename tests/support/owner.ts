import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import db from '@adonisjs/lucid/services/db'

/** The owner of the database, who migrates it. Tests and what they test sign in as a role with fewer rights. */
export const owner = () => db.connection('owner')

/** What only somebody with the owner's keys can do to a ledger: its trigger is off in this transaction. */
export async function tamper(table: string, work: (trx: TransactionClientContract) => Promise<unknown>) {
  await owner().transaction(async (trx) => {
    await trx.rawQuery(`alter table ${table} disable trigger append_only`)
    await work(trx)
    await trx.rawQuery(`alter table ${table} enable always trigger append_only`)
  })
}
