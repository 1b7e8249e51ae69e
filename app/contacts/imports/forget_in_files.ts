import encryption from '@adonisjs/core/services/encryption'
import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { DomainEvent } from '#platform'
import { Import } from '../models/import.ts'
import type { ImportColumn } from './analyse_file.ts'
import { textDecoder } from './decode_text.ts'
import { inPieces, storedPieces } from './pieces.ts'
import { readRecords } from './read_records.ts'

const LONGEST_ADDRESS = 254
const SAMPLES = 5
/** Above every number that a file of 200 MB has: the new pieces stand there until the old ones are gone. */
const ASIDE = 1_000_000

/**
 * `address.erased`: files that wait to be imported lose the rows that name the address in any cell. One that is being
 * read at this moment is gone when it is done: failing makes the event come again until then.
 */
export async function forgetInFiles({ workspaceId, payload }: Pick<DomainEvent, 'workspaceId' | 'payload'>) {
  const address = encryption.decrypt<string>(payload.address, 'address.erased')
  if (address === null) return
  const files = await Import.query()
    .where('workspaceId', workspaceId)
    .where((either) =>
      either
        .whereIn('status', ['analysed', 'running', 'failed'])
        .orWhere((coming) => coming.where('status', 'uploading').whereRaw(`created_at > now() - interval '1 hour'`))
    )
    .orderBy('id')
  for (const file of files) {
    if (['running', 'uploading'].includes(file.status)) {
      throw new Error(`Import ${file.id} is being read; what its file says of the person goes when it is done.`)
    }
    if (await holds(file, address)) await db.transaction((trx) => rewrite(file, address, trx))
  }
}

async function holds(file: Import, address: string): Promise<boolean> {
  if (!file.encoding) return false
  const decoder = textDecoder(file.encoding)
  let before = ''
  for await (const piece of storedPieces(file)) {
    const text = before + decoder.write(piece).toLowerCase()
    if (text.includes(address)) return true
    before = text.slice(-LONGEST_ADDRESS)
  }
  return false
}

/** The file without those rows, in UTF-8. Its row is locked: nobody starts it meanwhile. */
async function rewrite({ workspaceId, id }: Import, address: string, trx: TransactionClientContract) {
  const file = await Import.query({ client: trx }).where({ workspaceId, id }).forUpdate().first()
  if (!file || file.status === 'done' || file.status === 'undone') return
  if (file.status === 'running') throw new Error(`Import ${id} was started meanwhile.`)
  const seen = new Samples(file.columns)
  const pieces = { workspace_id: workspaceId, import_id: id }
  let no = 0
  let bytes = 0
  for await (const piece of inPieces(kept(file, address, seen))) {
    await trx
      .insertQuery()
      .table('import_pieces')
      .insert({ ...pieces, no: ASIDE + no++, bytes: piece })
    bytes += piece.length
  }
  await trx.from('import_pieces').where(pieces).where('no', '<', ASIDE).delete()
  await trx
    .from('import_pieces')
    .where(pieces)
    .update({ no: trx.raw(`no - ${ASIDE}`) })
  await file.merge({ encoding: 'utf-8', fileBytes: bytes, columns: seen.columns }).save()
}

async function* kept(file: Import, address: string, seen: Samples): AsyncGenerator<Buffer> {
  const { encoding, delimiter } = { encoding: file.encoding!, delimiter: file.delimiter! }
  const names = naming(address)
  let isHeader = true
  for await (const records of readRecords(storedPieces(file), { encoding, delimiter })) {
    const lines: string[] = []
    for (const { cells } of records) {
      if (cells.some((cell) => names.test(cell.toLowerCase()))) continue
      lines.push(cells.map((cell) => quoted(cell, delimiter)).join(delimiter))
      if (!isHeader) seen.see(cells)
      isHeader = false
    }
    if (lines.length > 0) yield Buffer.from(`${lines.join('\r\n')}\r\n`)
  }
}

/** The address, and no other one that it is a part of: what others said in their rows is theirs. */
const naming = (address: string) =>
  new RegExp(
    `(?<![\\p{L}\\p{N}._%+-])${address.replace(/[$()*+./?[\\\]^{|}]/g, '\\$&')}(?![\\p{L}\\p{N}-]|\\.[\\p{L}\\p{N}])`,
    'u'
  )

const quoted = (cell: string, delimiter: string) =>
  cell.includes(delimiter) || /["\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell

/** What the columns show of their values, from the rows that are left. */
class Samples {
  #values: Set<string>[]

  constructor(private before: ImportColumn[]) {
    this.#values = before.map(() => new Set())
  }

  see(cells: string[]) {
    this.#values.forEach((values, i) => {
      const value = (cells[i] ?? '').trim().toWellFormed().slice(0, 200)
      if (value && values.size < SAMPLES) values.add(value)
    })
  }

  get columns(): ImportColumn[] {
    return this.before.map((column, i) => ({ ...column, sample: [...this.#values[i]] }))
  }
}
