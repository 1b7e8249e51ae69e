import db from '@adonisjs/lucid/services/db'
import type { Import } from '../models/import.ts'

const PAGE = 5_000

/**
 * The rejected rows as they came, with `line` and `reason` before them: to correct in a spreadsheet and import again. A
 * cell that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV injection).
 */
export async function* rejectsCsv(file: Import): AsyncGenerator<string> {
  yield '\uFEFF' + line(['line', 'reason', ...file.columns.map(({ name }) => name)])
  let after = 0
  for (;;) {
    const rows = await db
      .from('import_rows')
      .where({ workspace_id: file.workspaceId, import_id: file.id, outcome: 'rejected' })
      .where('line', '>', after)
      .orderBy('line')
      .limit(PAGE)
      .select('line', 'reason', 'raw')
    yield rows.map((row) => line([String(row.line), row.reason, ...(row.raw ?? [])])).join('')
    if (rows.length < PAGE) return
    after = rows.at(-1).line
  }
}

const line = (cells: string[]) => `${cells.map(cell).join(',')}\r\n`

function cell(value: string) {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}
