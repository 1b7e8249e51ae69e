import type { FieldDefinition } from '../attributes.ts'
import type { ImportColumn } from './analyse_file.ts'
import { weightier, type Answer } from './answers.ts'
import { KeySet } from './key_set.ts'
import { decidersOf, type ImportOptions } from './options.ts'
import { storedPieces } from './pieces.ts'
import { noOf, type HeardNo } from './read_noes.ts'
import { personReader, type ImportedPerson, type RejectedRow } from './read_person.ts'
import { readRecords } from './read_records.ts'
import type { CsvRecord } from './scan_csv.ts'

/** What is taken in by one transaction: `lotRows` of the file, each person once. */
export interface Lot {
  /** Rows before this lot and up to its end: where a resumed import begins, and what it has done. */
  from: number
  to: number
  people: ImportedPerson[]
  rejected: RejectedRow[]
  /** The noes of refused rows about people whom no other row of the lot names, each person once. */
  noes: LoneNo[]
  duplicates: number
  /** The first of the duplicates, to show. */
  repeated: { line: number; cells: string[] }[]
}

/** A no without a row that is taken in. */
export type LoneNo = HeardNo & Pick<ImportedPerson, 'isRepeat' | 'answersBefore'>

export interface ImportedFile {
  workspaceId: number
  id: number
  encoding: string | null
  delimiter: string | null
  columns: ImportColumn[]
}

/** Ten thousand rows. Who tests what happens between lots makes them smaller. */
export const lotRows = () => {
  const wanted = process.env.NODE_ENV === 'test' ? Number(process.env.ASSENT_LOT_ROWS) : Number.NaN
  return wanted > 0 ? wanted : 10_000
}

const SHOWN = 20

/**
 * A stored file as lots of people. The same file and options always give the same lots, so that an import can go on where
 * it stopped. Several rows about one person become one: in the order of the file, later cells over earlier ones; with
 * on_conflict "skip" the first row counts. In both a no outweighs a yes, in whatever row it stands, a refused one or not.
 */
export async function* readLots(
  file: ImportedFile,
  { options, fields }: { options: ImportOptions; fields: FieldDefinition[] }
): AsyncGenerator<Lot> {
  const read = personReader({ workspaceId: file.workspaceId, columns: file.columns, options, fields })
  const shape = { encoding: file.encoding!, delimiter: file.delimiter! }
  const gathering = new Gathering(options.on_conflict, decidersOf(options.consent).length)
  let isHeader = true
  for await (const records of readRecords(storedPieces(file), shape)) {
    for (const record of isHeader ? records.slice(1) : records) {
      gathering.take(read(record), record)
      if (gathering.isFull) yield gathering.lot()
    }
    isHeader &&= records.length === 0
  }
  if (!gathering.isEmpty) yield gathering.lot()
}

class Gathering {
  #seen = new KeySet()
  #externalIds = new KeySet()
  #pairs = new KeySet()
  #from = 0
  #rows = 0
  #full = lotRows()
  #people = new Map<string, ImportedPerson>()
  #rejected: RejectedRow[] = []
  #noes = new Map<string, LoneNo>()
  #duplicates = 0
  #repeated: { line: number; cells: string[] }[] = []
  #answered: AnswersSoFar
  #hasRefusedNoes = false

  constructor(
    private onConflict: 'update' | 'skip',
    deciders: number
  ) {
    this.#answered = new AnswersSoFar(deciders)
  }

  get isFull() {
    return this.#rows === this.#full
  }

  get isEmpty() {
    return this.#rows === 0
  }

  take(row: ImportedPerson | RejectedRow, { cells }: CsvRecord) {
    this.#rows++
    if ('reason' in row) return this.#refuse(row)
    if (this.#contradicts(row)) {
      const reason = 'An earlier row of this file has this external id with another address.'
      return this.#refuse({ line: row.line, cells, reason, no: noOf(row) })
    }
    row.cells = cells
    const isFirst = this.#seen.add(row.key)
    const here = this.#people.get(row.key)
    if (!isFirst && this.#duplicates++ < SHOWN) this.#repeated.push(row)
    row.isRepeat = !isFirst && (here === undefined || here.isRepeat)
    this.#hear(row, { isFirst, before: here ?? this.#noes.get(row.key) })
    this.#noes.delete(row.key)
    if (isFirst || this.onConflict === 'update') this.#people.set(row.key, here ? folded(here, row) : row)
    else if (here) Object.assign(here, { answers: row.answers, mayMeasure: row.mayMeasure })
    else if (saysNo(row)) this.#people.set(row.key, onlyTheirAnswers(row))
  }

  /** @param before what this lot said of them so far */
  #hear(row: ImportedPerson, { isFirst, before }: { isFirst: boolean; before: ImportedPerson | LoneNo | undefined }) {
    const counts = (answer: Answer) => (isFirst || this.onConflict === 'update' || answer === false ? answer : null)
    row.mayMeasure = weightier(counts(row.mayMeasure), before?.mayMeasure ?? null)
    if (!row.answers) return
    const heard = row.answers.map(counts)
    if (row.isRepeat) row.answersBefore = before ? before.answersBefore : this.#answered.by(row.key)
    const said = before?.answers ?? row.answersBefore ?? (this.#hasRefusedNoes ? this.#answered.by(row.key) : null)
    row.answers = said ? weighed(heard, said) : heard
    if (this.#hasRefusedNoes && row.texts.external_id) {
      const byNumber = this.#answered.by(`\0${row.texts.external_id}`)
      row.answers = row.answers.map((one, i) => (byNumber[i] === false ? false : one))
    }
    this.#answered.keep(row.key, row.answers)
  }

  /** Its no goes to the person whom another row of the lot names, or stands by itself. */
  #refuse(row: RejectedRow) {
    this.#rejected.push(row)
    const { no } = row
    if (!no) return
    this.#hasRefusedNoes = true
    const before = this.#people.get(no.key) ?? this.#noes.get(no.key)
    if (before) {
      if (no.answers) before.answers = weighed(no.answers, before.answers!)
      before.mayMeasure = weightier(no.mayMeasure, before.mayMeasure)
    } else {
      const isRepeat = this.#seen.has(no.key)
      const said = isRepeat && no.answers ? this.#answered.by(no.key) : null
      const answers = said ? weighed(no.answers!, said) : no.answers
      this.#noes.set(no.key, { ...no, answers, isRepeat, answersBefore: said })
    }
    if (no.answers) this.#answered.keep(no.key, no.answers)
  }

  /** The same external id beside another address, anywhere above. */
  #contradicts({ key, texts: { external_id: externalId } }: ImportedPerson) {
    if (!externalId) return false
    const isNewPair = this.#pairs.add(`${externalId}\0${key}`)
    return !this.#externalIds.add(externalId) && isNewPair
  }

  lot(): Lot {
    const lot = {
      from: this.#from,
      to: this.#from + this.#rows,
      people: [...this.#people.values()],
      rejected: this.#rejected,
      noes: [...this.#noes.values()],
      duplicates: this.#duplicates,
      repeated: this.#repeated,
    }
    this.#from = lot.to
    this.#rows = 0
    this.#people = new Map()
    this.#rejected = []
    this.#noes = new Map()
    this.#duplicates = 0
    this.#repeated = []
    return lot
  }
}

/** What the rows so far said of each person, to know it again in a later lot: two sets for each column that decides. */
class AnswersSoFar {
  #yes: KeySet[]
  #no: KeySet[]

  constructor(deciders: number) {
    this.#yes = Array.from({ length: deciders }, () => new KeySet())
    this.#no = Array.from({ length: deciders }, () => new KeySet())
  }

  by = (key: string): Answer[] => this.#no.map((no, i) => (no.has(key) ? false : this.#yes[i].has(key) ? true : null))

  keep(key: string, answers: Answer[]) {
    answers.forEach((answer, i) => {
      if (answer !== null) (answer ? this.#yes : this.#no)[i].add(key)
    })
  }
}

const weighed = (answers: Answer[], others: Answer[]) => answers.map((one, i) => weightier(one, others[i]))

export const saysNo = ({ answers, mayMeasure }: ImportedPerson) => answers?.includes(false) || mayMeasure === false

/** A later row about somebody who is to stay as they are: nothing of it counts but a no. */
const onlyTheirAnswers = (row: ImportedPerson): ImportedPerson => ({
  ...row,
  texts: row.texts.external_id ? { external_id: row.texts.external_id } : {},
  attributes: {},
  tags: [],
})

function folded(earlier: ImportedPerson, later: ImportedPerson): ImportedPerson {
  return {
    ...later,
    email: earlier.email,
    agreedAt: later.agreedAt ?? earlier.agreedAt,
    texts: { ...earlier.texts, ...later.texts },
    attributes: { ...earlier.attributes, ...later.attributes },
    tags: [...new Set([...earlier.tags, ...later.tags])],
  }
}
