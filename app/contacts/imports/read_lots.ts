import type { FieldDefinition } from '../attributes.ts'
import type { ImportColumn } from './analyse_file.ts'
import { KeySet } from './key_set.ts'
import type { ImportOptions } from './options.ts'
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
 * on_conflict "skip" the first row counts.
 */
export async function* readLots(
  file: ImportedFile,
  { options, fields }: { options: ImportOptions; fields: FieldDefinition[] }
): AsyncGenerator<Lot> {
  const read = personReader({ workspaceId: file.workspaceId, columns: file.columns, options, fields })
  const shape = { encoding: file.encoding!, delimiter: file.delimiter! }
  const gathering = new Gathering(options.on_conflict)
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

  constructor(private onConflict: 'update' | 'skip') {}

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
    if (!isFirst && this.onConflict === 'skip') return
    row.isRepeat = !isFirst && (here === undefined || here.isRepeat)
    this.#people.set(row.key, here ? folded(here, row) : row)
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

function folded(earlier: ImportedPerson, later: ImportedPerson): ImportedPerson {
  return {
    ...later,
    email: earlier.email,
    texts: { ...earlier.texts, ...later.texts },
    attributes: { ...earlier.attributes, ...later.attributes },
    tags: [...new Set([...earlier.tags, ...later.tags])],
  }
}
