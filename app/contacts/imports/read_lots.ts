import type { FieldDefinition } from '../attributes.ts'
import type { ImportColumn } from './analyse_file.ts'
import { weightier, type Answer } from './answers.ts'
import { KeySet } from './key_set.ts'
import { decidersOf, type ImportOptions } from './options.ts'
import { storedPieces } from './pieces.ts'
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
  duplicates: number
  /** The first of the duplicates, to show. */
  repeated: { line: number; cells: string[] }[]
}

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
 * on_conflict "skip" the first row counts. In both a no to mails outweighs a yes, in whatever row it stands.
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
  #duplicates = 0
  #repeated: { line: number; cells: string[] }[] = []

  #answered: AnswersSoFar

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
    if ('reason' in row) {
      this.#rejected.push(row)
      return
    }
    if (this.#contradicts(row)) {
      const reason = 'An earlier row of this file has this external id with another address.'
      this.#rejected.push({ line: row.line, cells, reason })
      return
    }
    row.cells = cells
    const isFirst = this.#seen.add(row.key)
    const here = this.#people.get(row.key)
    if (!isFirst && this.#duplicates++ < SHOWN) this.#repeated.push(row)
    row.isRepeat = !isFirst && (here === undefined || here.isRepeat)
    if (row.answers) this.#answer(row, row.answers, here)
    if (isFirst || this.onConflict === 'update') this.#people.set(row.key, here ? folded(here, row) : row)
    else if (here) here.answers = row.answers
    else if (row.answers?.includes(false)) this.#people.set(row.key, onlyTheirAnswers(row))
  }

  #answer(row: ImportedPerson, own: Answer[], here: ImportedPerson | undefined) {
    if (row.isRepeat) row.answersBefore = here ? here.answersBefore : this.#answered.by(row.key)
    const isLater = row.isRepeat || here !== undefined
    const heard = isLater && this.onConflict === 'skip' ? own.map((one) => (one === false ? one : null)) : own
    const said = here?.answers ?? row.answersBefore
    row.answers = said ? heard.map((one, i) => weightier(one, said[i])) : heard
    this.#answered.keep(row.key, heard)
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
      duplicates: this.#duplicates,
      repeated: this.#repeated,
    }
    this.#from = lot.to
    this.#rows = 0
    this.#people = new Map()
    this.#rejected = []
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

/** A later row about somebody who is to stay as they are: nothing of it counts but a no. */
const onlyTheirAnswers = (row: ImportedPerson): ImportedPerson => ({
  ...row,
  texts: row.texts.external_id ? { external_id: row.texts.external_id } : {},
  attributes: {},
  tags: [],
  mayMeasure: null,
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
