import type { HttpContext } from '@adonisjs/core/http'
import { piece } from './insert_from.ts'
import { Problem } from './problem.ts'

export class BadCursor extends Problem {
  static status = 400
  static code = 'E_BAD_CURSOR'
}

/** One page of a list, `next_cursor: null` on the last; `total` only when asked for (`?count=1`), capped. */
export interface Page<T> {
  data: T[]
  next_cursor: string | null
  total?: { value: number; exact: boolean }
}

export interface SortKey {
  /** SQL expression, ours, never the request's. */
  column: string
  direction: 'asc' | 'desc'
  /** The key's value in a fetched row, as it goes into the cursor. Must not be null: wrap nullable columns in coalesce. */
  value: (row: any) => string | number | null
}

const COUNT_CAP = 10_000
const NOT_OURS = 'This cursor is not one of ours. Start again without it.'

/** `limit` (1..100, default 50) and `cursor` as a request gives them. */
export function pageRequest({ request }: Pick<HttpContext, 'request'>) {
  const limit = Number(request.input('limit', 50))
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    throw new BadCursor('limit must be a whole number from 1 to 100.', { field: 'limit' })
  }
  const cursor = request.input('cursor') as string | undefined
  if (cursor && typeof cursor !== 'string') throw new BadCursor(NOT_OURS, { field: 'cursor' })
  return { limit, cursor, count: request.input('count') === '1' }
}

/**
 * A page by keyset: where the last one ended, never an offset, so that rows that come and go meanwhile neither repeat
 * nor hide others. The last sort key must be unique (the id). Works on Lucid model and query builders.
 */
export async function keysetPage<Row, T>(
  query: any,
  {
    limit,
    cursor,
    count = false,
    sort,
    toJson,
  }: { limit: number; cursor?: string; count?: boolean; sort: SortKey[]; toJson: (row: Row) => T }
): Promise<Page<T>> {
  const counted = count ? query.clone() : null
  if (cursor) after(query, sort, readCursor(cursor, sort.length))
  for (const key of sort) query.orderByRaw(`${key.column} ${key.direction}`)
  const rows: Row[] = await query.limit(limit + 1).catch(refuseForeignCursor(cursor))
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    data: page.map(toJson),
    next_cursor: rows.length > limit && last ? writeCursor(sort.map((key) => key.value(last))) : null,
    ...(counted ? { total: await cappedCount(counted) } : {}),
  }
}

/** A cursor of ours in form whose values are not: PostgreSQL's data exceptions (class 22), which nothing else here can raise. */
const refuseForeignCursor = (cursor: string | undefined) => (error: any) => {
  if (cursor && String(error?.code).startsWith('22')) throw new BadCursor(NOT_OURS, { field: 'cursor' })
  throw error
}

/**
 * (a, b) after (x, y): a >= x and (a > x or (a = x and b > y)), with each key's own direction. The first part says
 * nothing new and is what lets an index start at x instead of filtering everything before it.
 */
function after(query: any, sort: SortKey[], values: unknown[]) {
  const clauses: string[] = []
  const bindings: unknown[] = []
  sort.forEach((key, i) => {
    const equal = sort.slice(0, i).map(({ column }) => `${column} = ?`)
    clauses.push(`(${[...equal, `${key.column} ${key.direction === 'asc' ? '>' : '<'} ?`].join(' and ')})`)
    bindings.push(...values.slice(0, i), values[i])
  })
  const [first] = sort
  const start = `${first.column} ${first.direction === 'asc' ? '>=' : '<='} ?`
  query.whereRaw(`(${start} and (${clauses.join(' or ')}))`, [values[0], ...bindings])
}

async function cappedCount(query: any) {
  const { sql, bindings } = piece(
    query
      .clone()
      .clearSelect()
      .clearOrder()
      .select(query.client.raw('1'))
      .limit(COUNT_CAP + 1)
  )
  const { rows } = await query.client.rawQuery(`select count(*) as n from (${sql}) capped`, bindings)
  const n = Number(rows[0].n)
  return n > COUNT_CAP ? { value: COUNT_CAP, exact: false } : { value: n, exact: true }
}

const writeCursor = (values: unknown[]) => Buffer.from(JSON.stringify(values)).toString('base64url')

function readCursor(cursor: string, length: number): unknown[] {
  try {
    const values = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (
      Array.isArray(values) &&
      values.length === length &&
      values.every((v) => v === null || ['string', 'number'].includes(typeof v))
    )
      return values
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new BadCursor(NOT_OURS, { field: 'cursor' })
}
