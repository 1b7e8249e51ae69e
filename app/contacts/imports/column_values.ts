import { boundedQuestion } from '#platform'
import type { Import } from '../models/import.ts'
import { answerKey, LONGEST_ANSWER, MAX_ANSWERS, suggestMeaning, type Meaning } from './answers.ts'
import { BadMapping, ImportState } from './errors.ts'
import { storedPieces } from './pieces.ts'
import { readRecords } from './read_records.ts'

export interface ColumnValues {
  column: string
  /** Rows that can be read, as far as they were looked at. */
  rows: number
  /** Of them: whose cell is empty. */
  blank: number
  /** The most frequent first, in the spelling that comes first; empty when there are too many. */
  values: { value: string; rows: number; suggested: Meaning | null }[]
  /** More different values (or longer ones) than an answer has: this column answers no question. */
  too_many: boolean
}

/**
 * Every value of a column and how often it stands there, over the whole file. It stops as soon as there are too many of
 * them: no list of names is read to its end for this.
 *
 * @throws ImportState (409), BadMapping (422), TooBusy (429)
 */
export async function columnValues({ file, column }: { file: Import; column: string }): Promise<ColumnValues> {
  if (!file.isAnalysed) throw new ImportState(`This import is ${file.status}. Upload the file again to look at it.`)
  const at = file.columns.findIndex(({ name }) => name === column)
  if (at < 0) throw new BadMapping(`This file has no column “${column}”.`, { field: 'column' })
  return boundedQuestion(file.workspaceId, () => count(file, column, at))
}

async function count(file: Import, column: string, at: number): Promise<ColumnValues> {
  const found = new Map<string, { value: string; rows: number }>()
  const answer = { column, rows: 0, blank: 0 }
  let isHeader = true
  const shape = { encoding: file.encoding!, delimiter: file.delimiter! }
  for await (const records of readRecords(storedPieces(file), shape)) {
    for (const { cells, problem } of isHeader ? records.slice(1) : records) {
      if (problem) continue
      answer.rows++
      const value = (cells[at] ?? '').trim()
      const key = answerKey(value)
      const seen = found.get(key)
      if (key === '') answer.blank++
      else if (seen) seen.rows++
      else if (found.size === MAX_ANSWERS || value.length > LONGEST_ANSWER) {
        return { ...answer, values: [], too_many: true }
      } else found.set(key, { value: value.toWellFormed(), rows: 1 })
    }
    isHeader &&= records.length === 0
  }
  const values = [...found.values()]
    .sort((a, b) => b.rows - a.rows)
    .map((one) => ({ ...one, suggested: suggestMeaning(column, one.value) }))
  return { ...answer, values, too_many: false }
}
