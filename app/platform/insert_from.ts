import type { QueryClientContract } from '@adonisjs/lucid/types/database'

/** Anything that knows its own SQL: Lucid's query builders, or SQL of ours. */
export interface SqlSource {
  toSQL(): { sql: string; bindings: readonly unknown[] | unknown }
}

export interface SqlPiece {
  sql: string
  bindings: unknown[]
}

/**
 * INSERT INTO table (columns) SELECT … of a query, in one statement, with the query's own WHERE. Lucid's
 * `query.knexQuery` handed to knex would lose every WHERE, and a campaign would go to everyone.
 *
 * @returns the number of rows written
 */
export async function insertFrom(
  db: QueryClientContract,
  table: string,
  columns: string[],
  query: SqlSource | SqlPiece,
  suffix = ''
): Promise<number> {
  const { sql, bindings } = piece(query)
  const result = await db.rawQuery(`insert into ${table} (${columns.join(', ')}) ${sql} ${suffix}`, bindings as any[])
  return result.rowCount ?? 0
}

/** A query as text and bindings with `?` placeholders, ready to stand inside another statement. */
export function piece(query: SqlSource | SqlPiece): SqlPiece {
  if ('toSQL' in query) {
    const { sql, bindings } = query.toSQL()
    return { sql, bindings: [...(bindings as unknown[])] }
  }
  return query
}
