import { looksDecisive } from './answers.ts'
import { EncodingWatch, textDecoder } from './decode_text.ts'
import { UnreadableFile } from './errors.ts'
import { completeRecords } from './read_records.ts'
import { CsvScanner, type CsvRecord } from './scan_csv.ts'
import { suggestMapping, type Target } from './suggest_mapping.ts'

export interface ImportColumn {
  /** The header, made unique: a second "Name" is "Name (2)", one without a header "Column 3". */
  name: string
  /** Up to five different values from the beginning of the file. */
  sample: string[]
  suggested: Target | null
  /** It looks as though it said who agreed, row by row. */
  says_agreement?: boolean
}

export interface Analysis {
  encoding: string
  delimiter: string
  columns: ImportColumn[]
  rowsEstimate: number
}

const MAX_COLUMNS = 1000
const SAMPLES = 5
const SAMPLE_LENGTH = 200
const LOOKED_AT = 262_144

/** Looks at a file while it passes by: the head for its shape, every byte for its encoding. */
export class FileAnalysis {
  #watch = new EncodingWatch()
  #head: Buffer[] = []
  #headBytes = 0
  #bytes = 0

  /** @throws UnreadableFile as soon as it is plain that this is no text */
  see(bytes: Buffer) {
    if (this.#bytes === 0) refuseBinary(bytes)
    this.#watch.see(bytes)
    this.#bytes += bytes.length
    if (this.#headBytes < LOOKED_AT) {
      this.#head.push(bytes.subarray(0, LOOKED_AT - this.#headBytes))
      this.#headBytes += bytes.length
    }
  }

  /** @throws UnreadableFile (422) naming the fix */
  result(fields: { key: string; label: string }[]): Analysis {
    const head = Buffer.concat(this.#head)
    const { encoding } = this.#watch
    const text = textDecoder(encoding).write(head)
    if (text.trim() === '')
      throw new UnreadableFile('This file is empty. Export the list again and choose that file.', { field: 'file' })
    refuseZeros(head, encoding)
    const delimiter = delimiterOf(text)
    const isWhole = this.#bytes <= head.length
    const [header, ...rows] = completeRecords(text, delimiter, isWhole)
    const names = columnNames(header)
    if (rows.length === 0 && isWhole) {
      throw new UnreadableFile('This file has a header and no rows.', { field: 'file' })
    }
    const suggested = suggestMapping(names, fields)
    return {
      encoding,
      delimiter,
      columns: names.map((name, i) => ({
        name,
        sample: sampleOf(rows, i),
        suggested: suggested[i],
        ...(suggested[i] !== 'tracking' && looksDecisive(name, cellsOf(rows, i)) ? { says_agreement: true } : {}),
      })),
      rowsEstimate: Math.ceil(
        (Math.max(1, rows.length) * this.#bytes) / Math.max(1, Math.min(this.#bytes, head.length))
      ),
    }
  }
}

const signatures: [string, string][] = [
  ['504b0304', 'an Excel or ZIP file'],
  ['d0cf11e0', 'an old Excel file'],
  ['25504446', 'a PDF'],
  ['1f8b', 'a compressed file'],
  ['89504e47', 'a picture'],
  ['ffd8ff', 'a picture'],
  ['53514c69746520666f726d6174', 'a database'],
]

export function refuseBinary(bytes: Buffer) {
  const start = bytes.subarray(0, 16).toString('hex')
  const kind = signatures.find(([signature]) => start.startsWith(signature))
  if (kind) {
    throw new UnreadableFile(
      `This is ${kind[1]}, not a CSV file. Open it, choose “Save as”, then “CSV UTF-8”, and import that file.`,
      {
        field: 'file',
      }
    )
  }
}

/** A few NULs in a text are rubbish that we drop; many are not a text. */
function refuseZeros(head: Buffer, encoding: string) {
  if (encoding.startsWith('utf-16')) return
  let zeros = 0
  for (const byte of head) if (byte === 0) zeros++
  if (zeros > head.length / 20) {
    throw new UnreadableFile('This is not a text file. Save the list as CSV (UTF-8) and import that file.', {
      field: 'file',
    })
  }
}

/** The separator that cuts the first records into the most cells, and into equally many. */
export function delimiterOf(text: string): string {
  const declared = /^\uFEFF?sep=(.)\r?\n/i.exec(text)
  if (declared) return declared[1]
  const scores = [',', ';', '\t', '|'].map((delimiter) => {
    const widths = new CsvScanner(delimiter)
      .push(text.slice(0, 65_536) + '\n')
      .slice(0, 50)
      .map(({ cells }) => cells.length)
    const [width = 1] = widths
    const alike = widths.filter((one) => one === width).length / Math.max(1, widths.length)
    return { delimiter, score: width > 1 ? alike * 100 + Math.min(width, 50) : 0 }
  })
  return scores.reduce((best, one) => (one.score > best.score ? one : best)).delimiter
}

function columnNames(header: CsvRecord | undefined): string[] {
  if (!header || header.problem) {
    throw new UnreadableFile(
      'The first line cannot be read as a header. It should name the columns, like: email,first_name',
      { field: 'file' }
    )
  }
  if (header.cells.length > MAX_COLUMNS) {
    throw new UnreadableFile(
      `This file has ${header.cells.length} columns; at most ${MAX_COLUMNS} can be read. Leave out those you do not need.`,
      {
        field: 'file',
      }
    )
  }
  if (header.cells.some((cell) => /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(cell.trim()))) {
    throw new UnreadableFile(
      'The first line holds an e-mail address, so it is not a header. Add a first line that names the columns, like: email,first_name',
      {
        field: 'file',
      }
    )
  }
  return unique(header.cells.map((cell, i) => cell.trim().replace(/\s+/g, ' ').slice(0, 200) || `Column ${i + 1}`))
}

function unique(names: string[]): string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    let free = name
    for (let n = 2; taken.has(free); n++) free = `${name} (${n})`
    taken.add(free)
    return free
  })
}

function* cellsOf(rows: CsvRecord[], column: number): Generator<string> {
  for (const { cells, problem } of rows) if (!problem) yield cells[column] ?? ''
}

function sampleOf(rows: CsvRecord[], column: number): string[] {
  const values = new Set<string>()
  for (const { cells, problem } of rows) {
    const value = problem ? '' : (cells[column] ?? '').trim().toWellFormed().slice(0, SAMPLE_LENGTH)
    if (value) values.add(value)
    if (values.size === SAMPLES) break
  }
  return [...values]
}
