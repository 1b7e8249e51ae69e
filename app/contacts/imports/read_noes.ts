import { addressHash, addressKey } from '#consent'
import { Problem, withoutDirections } from '#platform'
import { readers } from '../contact_input.ts'
import type { ImportColumn } from './analyse_file.ts'
import { answerReader, type Answer } from './answers.ts'
import { decidersOf, type ImportOptions } from './options.ts'
import type { ImportedPerson } from './read_person.ts'
import type { CsvRecord } from './scan_csv.ts'

/** Whom a refused row names, and to what it says no. */
export interface HeardNo {
  line: number
  /** As of a person: the address, or else the external id. */
  key: string
  emailKey: string | null
  emailHash: string | null
  externalId: string | null
  /** False or null, by the columns that decide; null: there are none. */
  answers: Answer[] | null
  mayMeasure: Answer
}

/** How the cells of a row may lie under the header. */
interface Reading {
  cells: string[]
  /** An empty cell may be one that is missing. */
  isTorn: boolean
}

/** How a cell says yes or no where nobody said what its values mean. */
export const yesWords = [
  'yes',
  'y',
  'true',
  '1',
  'x',
  'ja',
  'j',
  'wahr',
  'oui',
  'o',
  'vrai',
  'si',
  'sí',
  's',
  'verdadero',
]
export const noWords = ['no', 'n', 'false', '0', 'nein', 'falsch', 'non', 'faux', 'falso', '-']

/**
 * Compiles a mapping into the function that reads of a refused row what counts all the same: whom it names and to what
 * they said no. Nothing of it is refused, and what cannot be read is nothing. A row with too many cells is torn somewhere: its cells
 * are read from both ends, where a no at one counts unless the other says yes, and two addresses are none.
 */
export function noReader({
  workspaceId,
  columns,
  options,
}: {
  workspaceId: number
  columns: ImportColumn[]
  options: ImportOptions
}): (record: CsvRecord) => HeardNo | null {
  const target = (name: string) => columns.findIndex((column) => own(options.mapping, column.name) === name)
  const [email, externalId, tracking] = ['email', 'external_id', 'tracking'].map(target)
  const deciders = decidersOf(options.consent).map((decider) => ({
    at: columns.findIndex(({ name }) => name === decider.column),
    read: answerReader(decider),
  }))
  const said = (readings: Reading[], at: number, read: (cell: string) => Answer): false | null => {
    const answers = readings.map(({ cells, isTorn }) => {
      const cell = cells[at] ?? ''
      return isTorn && cell.trim() === '' ? null : read(cell)
    })
    return answers.includes(false) && !answers.includes(true) ? false : null
  }
  if (deciders.length === 0 && tracking < 0) return () => null
  return (record) => {
    const readings = readingsOf(record, columns.length)
    const answers = deciders.length > 0 ? deciders.map(({ at, read }) => said(readings, at, read)) : null
    const mayMeasure = tracking < 0 ? null : said(readings, tracking, measuring)
    if (!answers?.includes(false) && mayMeasure === null) return null
    const one = (at: number, read: (cell: string) => string | null) =>
      theOne(readings.map(({ cells }) => read(cells[at] ?? '')))
    const emailKey = one(email, readableAddress)
    if (emailKey !== null) {
      const emailHash = addressHash(workspaceId, emailKey).toString('hex')
      return { line: record.line, key: emailKey, emailKey, emailHash, externalId: null, answers, mayMeasure }
    }
    const id = one(externalId, readableId)
    if (id === null) return null
    return { line: record.line, key: `\0${id}`, emailKey, emailHash: null, externalId: id, answers, mayMeasure }
  }
}

const own = (mapping: Record<string, string>, name: string) => (Object.hasOwn(mapping, name) ? mapping[name] : null)

function readingsOf({ cells, problem }: CsvRecord, width: number): Reading[] {
  if (cells.length <= width) return [{ cells, isTorn: problem !== undefined }]
  const last = cells.findLastIndex((cell) => cell.trim() !== '') + 1
  if (last <= width) return [{ cells, isTorn: problem !== undefined }]
  return [
    { cells: cells.slice(0, width), isTorn: true },
    { cells: cells.slice(last - width, last), isTorn: true },
  ]
}

function measuring(cell: string): Answer {
  const word = cell.trim().toLowerCase()
  return noWords.includes(word) ? false : yesWords.includes(word) ? true : null
}

/** The same in all readings, but for those that have none. */
function theOne(values: (string | null)[]): string | null {
  const different = new Set(values.filter((value) => value !== null))
  return different.size === 1 ? [...different][0]! : null
}

/** An address as it stands in a cell. */
export const addressIn = (cell: string) =>
  withoutDirections(cell)
    .trim()
    .replace(/^mailto:/i, '')

/** Also beside a quote that is never closed or signs that nobody sees, and in "Ben <ben@example.com>". */
function readableAddress(cell: string): string | null {
  const bare = cell.replace(/["\p{Cf}]/gu, '')
  return attempt(() => addressKey(addressIn(/<([^<>]+)>\s*$/.exec(bare)?.[1] ?? bare)))
}

const readableId = (cell: string) => attempt(() => readers.external_id(cell.trim().toWellFormed()))

function attempt(read: () => string | null): string | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}

/** The noes of a row that can be read as a person, and is refused for what other rows say. */
export function noOf({ line, key, emailKey, emailHash, texts, answers, mayMeasure }: ImportedPerson): HeardNo | null {
  if (!answers?.includes(false) && mayMeasure !== false) return null
  return {
    line,
    key,
    emailKey,
    emailHash,
    externalId: emailKey === null ? (texts.external_id ?? null) : null,
    answers: answers && answers.map((answer) => (answer === false ? false : null)),
    mayMeasure: mayMeasure === false ? false : null,
  }
}
