import pg from 'pg'

const INT8 = 20
const INT8_ARRAY = 1016
const DATE = 1082

/**
 * Ids, counts and dates as JavaScript means them: bigint as number (we stay far below 2^53), a date as 'YYYY-MM-DD'
 * instead of a moment in the server's zone.
 */
export function readNumbersAsNumbers() {
  pg.types.setTypeParser(INT8, Number)
  pg.types.setTypeParser(INT8_ARRAY as any, (text: string) =>
    text === '{}' ? [] : text.slice(1, -1).split(',').map(Number)
  )
  pg.types.setTypeParser(DATE, (text: string) => text)
}
