import { addressHash, addressKey } from '#consent'
import { Problem } from '#platform'
import { readAttribute, type FieldDefinition } from '../attributes.ts'
import { readers } from '../contact_input.ts'
import { tagNames } from '../tags.ts'
import type { ImportColumn } from './analyse_file.ts'
import { answerReader, type Answer } from './answers.ts'
import { asDay, readMoment } from './moments.ts'
import { decidersOf, type ImportOptions } from './options.ts'
import { addressIn, noWords, yesWords, noReader, type HeardNo } from './read_noes.ts'
import type { CsvRecord } from './scan_csv.ts'

export const textColumns = ['first_name', 'last_name', 'phone', 'external_id', 'locale', 'timezone'] as const
export type TextColumn = (typeof textColumns)[number]

/** A row of the file as a person. What its cells leave blank is absent: an import adds and changes, it never empties. */
export interface ImportedPerson {
  line: number
  /** What the file recognises them by: the address, or else the external id. */
  key: string
  email: string | null
  emailKey: string | null
  /** In hex: a Buffer of its own for each of them would weigh more than the person. */
  emailHash: string | null
  texts: Partial<Record<TextColumn, string>>
  attributes: Record<string, unknown>
  tags: string[]
  /** Whether their opens and clicks may be noted; null: nothing is said. */
  mayMeasure: boolean | null
  /** What the columns that decide about agreeing say, in their order; null: there are none. */
  answers: Answer[] | null
  /** When they agreed, by a column; ISO. */
  agreedAt: string | null
  /** What earlier lots of the file said of the same person. */
  answersBefore: Answer[] | null
  /** As they came. */
  cells: string[]
  /** An earlier row of the file, in a lot before this one, named the same person. */
  isRepeat: boolean
}

export interface RejectedRow {
  line: number
  reason: string
  cells: string[]
  /** To what it says no all the same, and who. */
  no: HeardNo | null
}

type ReadCell = (cell: string, person: ImportedPerson) => void

/** Compiles a mapping into the function that reads one row: a person, or why it is none (and its noes, which count all the same). */
export function personReader({
  workspaceId,
  columns,
  options,
  fields,
}: {
  workspaceId: number
  columns: ImportColumn[]
  options: ImportOptions
  fields: FieldDefinition[]
}): (record: CsvRecord) => ImportedPerson | RejectedRow {
  const mapped = columns.flatMap(({ name }, at) => {
    const target = Object.hasOwn(options.mapping, name) ? options.mapping[name] : null
    return target ? [{ at, read: cellReader(target, workspaceId, fields) }] : []
  })
  const deciders = decidersOf(options.consent).map((decider) => ({
    at: columns.findIndex(({ name }) => name === decider.column),
    read: answerReader(decider),
  }))
  const agreedAt = columns.findIndex(({ name }) => name === options.consent?.collected_at_column)
  const refused = refusing(noReader({ workspaceId, columns, options }))
  return (record) => {
    const { line, cells, problem } = record
    if (problem) return refused(record, `This row ${problem}.`)
    if (cells.length > columns.length && cells.slice(columns.length).some((cell) => cell.trim())) {
      return refused(record, `This row has ${cells.length} cells, the header has ${columns.length}.`)
    }
    const person = nobody(line)
    try {
      for (const { at, read } of mapped) {
        const cell = cells[at]?.trim()
        if (cell) read(cell, person)
      }
      if (deciders.length > 0) person.answers = deciders.map(({ at, read }) => read(cells[at] ?? ''))
      const when = cells[agreedAt]?.trim()
      if (when && (person.answers === null || person.answers.includes(true))) person.agreedAt = readAgreedAt(when)
    } catch (error) {
      if (error instanceof Problem) return refused(record, error.message)
      throw error
    }
    if (person.emailKey !== null) person.key = person.emailKey
    else if (person.texts.external_id) person.key = `\0${person.texts.external_id}`
    else return refused(record, 'This row has no e-mail address.')
    return person
  }
}

const refusing =
  (noOf: (record: CsvRecord) => HeardNo | null) =>
  (record: CsvRecord, reason: string): RejectedRow => ({
    line: record.line,
    cells: record.cells,
    reason,
    no: noOf(record),
  })

const nobody = (line: number): ImportedPerson => ({
  line,
  key: '',
  email: null,
  emailKey: null,
  emailHash: null,
  texts: {},
  attributes: {},
  tags: [],
  mayMeasure: null,
  answers: null,
  answersBefore: null,
  agreedAt: null,
  cells: [],
  isRepeat: false,
})

function cellReader(target: string, workspaceId: number, fields: FieldDefinition[]): ReadCell {
  if (target === 'email') return (cell, person) => readEmail(cell, person, workspaceId)
  if (target === 'tags') {
    return (cell, person) => {
      person.tags.push(...tagNames(cell.split(/[,;|]/)).map(({ name }) => name))
    }
  }
  if (target === 'tracking') return readMayMeasure
  if (target.startsWith('attributes.')) return attributeReader(fields.find(({ key }) => key === target.slice(11))!)
  const column = target as TextColumn
  const readValue = column === 'locale' ? rememberingLast(readers.locale) : readers[column]
  return (cell, person) => {
    const value = readValue(cell.toWellFormed())
    if (value) person.texts[column] = value
  }
}

/** For what is slow to read and mostly the same from row to row. */
function rememberingLast<T>(read: (cell: string) => T) {
  let last: { cell: string; value: T } | null = null
  return (cell: string): T => {
    if (last?.cell !== cell) last = { cell, value: read(cell) }
    return last.value
  }
}

function readEmail(cell: string, person: ImportedPerson, workspaceId: number) {
  const email = addressIn(cell)
  person.emailKey = addressKey(email)
  person.email = email
  person.emailHash = addressHash(workspaceId, person.emailKey).toString('hex')
}

class BadValue extends Problem {}

function attributeReader(field: FieldDefinition): ReadCell {
  return (cell, person) => {
    const read = readAttribute(field, asPeopleWrite(cell.toWellFormed(), field))
    if ('problem' in read) throw new BadValue(`${field.label} ${read.problem}.`)
    if (read.value !== null) person.attributes[field.key] = read.value
  }
}

function readMayMeasure(cell: string, person: ImportedPerson) {
  const word = cell.toLowerCase()
  if (!yesWords.includes(word) && !noWords.includes(word)) throw new BadValue('Opens and clicks: say yes or no.')
  person.mayMeasure = yesWords.includes(word)
}

const CLOCK_TOLERANCE_MS = 300_000

/** Evidence is never guessed: a row whose time cannot be read is for a person to mend. */
function readAgreedAt(cell: string): string {
  const moment = readMoment(cell)
  if (!moment) throw new BadValue('When they agreed: write the day like 2026-10-03, with or without a time.')
  if (moment.getTime() > Date.now() + CLOCK_TOLERANCE_MS)
    throw new BadValue('When they agreed: this lies in the future.')
  return moment.toISOString()
}

/** What spreadsheets make of values, in a form that has one meaning only; what could mean two things is left to be refused. */
function asPeopleWrite(cell: string, { type }: FieldDefinition): string {
  switch (type) {
    case 'boolean': {
      const word = cell.toLowerCase()
      return yesWords.includes(word) ? 'true' : noWords.includes(word) ? 'false' : cell
    }
    case 'number':
      return asNumber(cell)
    case 'date':
      return asDay(cell)
    case 'multi_choice':
      return cell.includes(';') ? cell : cell.replace(/[,|]/g, ';')
    case 'url':
      return /^www\./i.test(cell) ? `https://${cell}` : cell
    default:
      return cell
  }
}

/** "1.234,50" and "1,234.50" and "12,5"; not "1,234", which is twelve hundred here and little more than one there. */
function asNumber(cell: string): string {
  const bare = cell.replace(/[\s\u00A0'’€$£]/g, '')
  if (/^[+-]?\d{1,3}(\.\d{3})+,\d+$/.test(bare)) return bare.replaceAll('.', '').replace(',', '.')
  if (/^[+-]?\d{1,3}(,\d{3})+\.\d+$/.test(bare)) return bare.replaceAll(',', '')
  if (/^[+-]?\d+,(\d{1,2}|\d{4,})$/.test(bare)) return bare.replace(',', '.')
  return bare
}
