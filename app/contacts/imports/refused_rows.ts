import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Lot } from './read_lots.ts'

/** The rows of a lot that are refused, to show, to keep and to count. */
export interface Refused {
  rows: { line: number; cells: string[]; reason: string }[]
  invalid: number
  saidNo: number
  /** Somebody said no who is no contact. */
  namesStrangers: boolean
}

const KEPT = 'Its no counts all the same.'
const CONTRADICTED = 'Another contact has this external id.'

/** Asked of a matched lot: only then it is known whom an external id contradicts, and whom one names. */
export async function refusedRows(lot: Lot, trx: TransactionClientContract): Promise<Refused> {
  const { rows } = await trx.rawQuery(
    `select line, fate, email_key is not null as has_address, external_id, is_known, is_repeat,
       (false = any(answers) or may_measure is false) is true as says_no
     from import_staging where fate in ('rejected', 'refused')`
  )
  const nobody = new Set(
    rows.filter((row: any) => !row.has_address && !row.is_known && !row.is_repeat).map((row: any) => row.external_id)
  )
  const refused = lot.rejected.map(({ no, ...row }) => ({
    ...row,
    saysNo: no !== null && (no.emailKey !== null || !nobody.has(no.externalId)),
  }))
  const contradicting = new Map(rows.filter(({ fate }: any) => fate === 'rejected').map((row: any) => [row.line, row]))
  const contradicted = lot.people.flatMap(({ line, cells }) => {
    const row: any = contradicting.get(line)
    return row ? [{ line, cells, reason: CONTRADICTED, saysNo: row.says_no, isRepeat: row.is_repeat }] : []
  })
  const counted = [...refused, ...contradicted.filter(({ isRepeat }) => !isRepeat)]
  return {
    rows: [...refused, ...contradicted].map(({ line, cells, reason, saysNo }) => ({
      line,
      cells,
      reason: saysNo ? `${reason} ${KEPT}` : reason,
    })),
    invalid: counted.length,
    saidNo: counted.filter(({ saysNo }) => saysNo).length,
    namesStrangers: rows.some((row: any) => row.says_no && row.has_address && !row.is_known),
  }
}
