import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'

/** What is kept of one workspace, and what of it is older than so many days by then. */
export interface KeptNow {
  kept: number
  oldest: Date | null
  due: number
}

export interface Asked {
  workspaceId: number
  days: number
}

/** Something that is kept for a time: how much there is, and how some of what is too old goes. */
export interface Kept {
  /** `by`: what will be too old then. */
  look(asked: Asked & { by: Date; client?: Pick<QueryClientContract, 'rawQuery'> }): Promise<KeptNow>
  /**
   * Lets go of at most `limit` of what is too old now, in the caller's transaction. `after`: where the last call ended; null in
   * the answer: there is no more.
   */
  forget(
    asked: Asked & { limit: number; after: Place; trx: TransactionClientContract }
  ): Promise<{ forgotten: number; after: Place }>
}

/** The key of the last row that was looked at. */
export type Place = string[] | null

interface Aging {
  table: string
  /** What names a row beside workspace_id, with its type, in the order in which rows are taken. */
  key: Record<string, string>
  /** SQL over r, a row: since when it ages. */
  at: string
  /** SQL over r: does it still hold what is to go? */
  holds: string
  /** The row, or values of it as the SQL of a SET over r; null: only what `also` says. */
  forget: 'delete' | { set: string } | null
  /** Statements over `due` (the key, and the columns of `carry`) that belong to it, each a part of one WITH. */
  also?: string[]
  carry?: string[]
}

/**
 * Rows that age. Taken in the order of their key, a bounded number at a time, each time in a transaction of its own; whoever
 * takes the same ones at the same moment skips them. All of it is SQL of ours.
 */
export function aging({ table, key, at, holds, forget, also = [], carry = [] }: Aging): Kept {
  const names = Object.keys(key)
  const columns = names.map((name) => `r.${name}`).join(', ')
  const later = `and (${columns}) > (${Object.values(key)
    .map((type) => `?::${type}`)
    .join(', ')})`
  const same = ['workspace_id', ...names].map((name) => `r.${name} = due.${name}`).join(' and ')
  const gone =
    forget === null
      ? []
      : forget === 'delete'
        ? [`delete from ${table} r using due where ${same}`]
        : [`update ${table} r set ${forget.set} from due where ${same}`]
  const steps = [...also, ...gone].map((sql, no) => `, step_${no} as (${sql})`).join('')
  return {
    async look({ workspaceId, days, by, client = db }) {
      const { rows } = await client.rawQuery(
        `select count(*) as kept, min(at) as oldest, count(*) filter (where at < ?::timestamptz - make_interval(days => ?)) as due
         from (select ${at} as at from ${table} r where r.workspace_id = ? and (${holds})) as x`,
        [by.toISOString(), days, workspaceId]
      )
      return { kept: Number(rows[0].kept), oldest: rows[0].oldest, due: Number(rows[0].due) }
    },
    async forget({ workspaceId, days, limit, after, trx }) {
      const { rows } = await trx.rawQuery(
        `with due as materialized (
           select r.workspace_id, ${[columns, ...carry.map((name) => `r.${name}`)].join(', ')} from ${table} r
           where r.workspace_id = ? and (${holds}) and ${at} < now() - make_interval(days => ?) ${after ? later : ''}
           order by ${columns} limit ? for update of r skip locked)${steps}
         select count(*) as forgotten, (select array[${names.map((name) => `r.${name}::text`).join(', ')}] from due r
           order by ${names.map((name) => `r.${name} desc`).join(', ')} limit 1) as last
         from due`,
        [workspaceId, days, ...(after ?? []), limit] as any[]
      )
      const forgotten = Number(rows[0].forgotten)
      return { forgotten, after: forgotten < limit ? null : rows[0].last }
    },
  }
}
