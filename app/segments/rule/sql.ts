import type { SqlPiece } from '#platform'

/** SQL with bound values: sql`c.locale = ${locale}`; a piece inside a piece stays SQL. */
export function sql(
  texts: TemplateStringsArray,
  ...values: (SqlPiece | string | number | boolean | unknown[])[]
): SqlPiece {
  const bindings: unknown[] = []
  const text = texts.reduce((before, after, i) => {
    const value = values[i - 1]
    if (isPiece(value)) {
      bindings.push(...value.bindings)
      return before + value.sql + after
    }
    bindings.push(value)
    return `${before}?${after}`
  })
  return { sql: text, bindings }
}

const isPiece = (value: unknown): value is SqlPiece => typeof value === 'object' && value !== null && 'sql' in value

/** Our own text, never a request's. */
export const raw = (text: string): SqlPiece => ({ sql: text, bindings: [] })

export function joined(pieces: SqlPiece[], by: ' and ' | ' or ' | ', '): SqlPiece {
  return { sql: pieces.map((one) => one.sql).join(by), bindings: pieces.flatMap((one) => one.bindings) }
}

/** A text as LIKE means it literally. */
export const literally = (text: string) => text.replace(/[\\%_]/g, '\\$&')
