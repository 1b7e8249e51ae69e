import { setImmediate as breathe } from 'node:timers/promises'
import { addressHash, addressKey, InvalidAddress } from '#consent'
import { cleanLine } from '#platform'
import { delimiterOf, refuseBinary } from '../imports/analyse_file.ts'
import { EncodingWatch, textDecoder } from '../imports/decode_text.ts'
import { FileTooLarge, UnreadableFile } from '../imports/errors.ts'
import { readRecords } from '../imports/read_records.ts'
import type { CsvRecord } from '../imports/scan_csv.ts'
import { suggestMapping } from '../imports/suggest_mapping.ts'

const MAX_SUPPRESSION_FILE = 20_000_000
const PIECE = 65_536
const SAMPLES = 20

export interface AddressesRead {
  /** Records with an address or something in its place; a header and empty lines are none. */
  rows: number
  addresses: { hash: Buffer; key: string; address: string }[]
  duplicates: number
  invalid: number
  samples: { line: number; value: string; reason: string }[]
}

/**
 * The addresses of a file: one to a line, or the column of a CSV that holds them (known by its header, or without one by
 * its first address). At most 20 MB, which is more than half a million addresses; held in memory, kept nowhere.
 *
 * Hashes of addresses (MD5, SHA-256) are refused: our list is keyed (HMAC), so they could be compared with the people we
 * know today only, and whoever comes in tomorrow would be written to although the file said no.
 *
 * @throws FileTooLarge (413), UnreadableFile (422, field "file")
 */
export async function readAddresses(workspaceId: number, stream: AsyncIterable<Buffer>): Promise<AddressesRead> {
  const { bytes, encoding } = await whole(stream)
  const delimiter = delimiterOf(textDecoder(encoding).write(bytes.subarray(0, 4 * PIECE)))
  const read: AddressesRead = { rows: 0, addresses: [], duplicates: 0, invalid: 0, samples: [] }
  const seen = new Set<string>()
  let column: number | null = null
  let hashes = 0
  for await (const records of readRecords(inParts(bytes), { encoding, delimiter })) {
    for (const record of records) {
      if (column === null) {
        const shape = shapeOf(record)
        column = shape.column
        if (shape.isHeader) continue
      }
      const value = cleanLine(record.cells[column] ?? '')
      if (value === '' && !record.problem) continue
      read.rows++
      const address = record.problem ? `The line ${record.problem}.` : readOne(workspaceId, value)
      if (typeof address === 'string') {
        if (isHash(value)) hashes++
        read.invalid++
        if (read.samples.length < SAMPLES) {
          read.samples.push({ line: record.line, value: value.slice(0, 100), reason: address })
        }
      } else if (seen.has(address.key)) {
        read.duplicates++
      } else {
        seen.add(address.key)
        read.addresses.push(address)
      }
    }
  }
  if (read.addresses.length === 0) throw noAddressIn(hashes)
  return read
}

async function whole(stream: AsyncIterable<Buffer>) {
  const watch = new EncodingWatch()
  const parts: Buffer[] = []
  let size = 0
  for await (const part of stream) {
    if (size === 0) refuseBinary(part)
    size += part.length
    if (size > MAX_SUPPRESSION_FILE) {
      // A sender that is cut off sees no answer: what is not much too large is read to its end, and dropped.
      parts.length = 0
      if (size < 2 * MAX_SUPPRESSION_FILE) continue
      break
    }
    watch.see(part)
    parts.push(part)
  }
  if (size > MAX_SUPPRESSION_FILE) {
    throw new FileTooLarge('This file is larger than 20 MB. Split it, or keep the column of addresses alone.', {
      field: 'file',
    })
  }
  if (size === 0) throw new UnreadableFile('This file is empty. Choose the list again.', { field: 'file' })
  return { bytes: Buffer.concat(parts), encoding: watch.encoding }
}

/** Keyed hashes of half a million addresses take seconds: other requests are let in between. */
async function* inParts(bytes: Buffer) {
  for (let at = 0; at < bytes.length; at += PIECE) {
    yield bytes.subarray(at, at + PIECE)
    await breathe()
  }
}

/** Which column the addresses stand in, by the first record. */
function shapeOf({ cells }: CsvRecord): { column: number; isHeader: boolean } {
  const withAddress = cells.findIndex((cell) => /^[^@\s]+@[^@\s]+$/.test(cell.trim()))
  if (withAddress >= 0) return { column: withAddress, isHeader: false }
  const named = suggestMapping(
    cells.map((cell) => cell.trim()),
    []
  ).indexOf('email')
  if (named >= 0) return { column: named, isHeader: true }
  if (cells.length === 1) return { column: 0, isHeader: !isHash(cells[0].trim()) }
  throw new UnreadableFile(
    'None of the columns is called "email". Name the column with the addresses "email", or keep that column alone.',
    { field: 'file' }
  )
}

/** The address, or why it is none. */
function readOne(workspaceId: number, value: string) {
  if (isHash(value)) return 'This is a hash, not an address.'
  try {
    const key = addressKey(value)
    return { key, hash: addressHash(workspaceId, key), address: value }
  } catch (error) {
    if (!(error instanceof InvalidAddress)) throw error
    return error.message
  }
}

const isHash = (value: string) => /^([0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i.test(value)

const noAddressIn = (hashes: number) =>
  new UnreadableFile(
    hashes > 0
      ? 'This file holds hashes instead of addresses. They cannot be honoured for people who come in later: ask for the list with the addresses.'
      : 'There is no e-mail address in this file. It needs one to a line, or a column called "email".',
    { field: 'file' }
  )
