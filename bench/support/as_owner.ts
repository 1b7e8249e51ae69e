import { launcher } from '../../tests/support/launchers.ts'

const { ask } = await launcher('database')

/** What only the owner of the database may: tables of the benchmark's own, VACUUM. */
export const asOwner = (sql: string): Promise<unknown> =>
  ask(process.env.DATABASE_OWNER_URL || process.env.DATABASE_URL, sql, { seconds: 600 })
