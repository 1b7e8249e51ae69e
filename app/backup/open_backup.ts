import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import type { Readable } from 'node:stream'
import { crc32, createZstdDecompress } from 'node:zlib'
import { openPromise, type Entry, type ZipFile } from 'yauzl'
import { BackupRefused } from './errors.ts'
import { entryOf, MANIFEST, readManifest, SECRETS, type Manifest } from './manifest.ts'
import { Tally } from './tally.ts'

/** Larger than any manifest, small enough for memory: the file may be anything. */
const LARGEST_NOTE = 16 * 1024 ** 2

export interface OpenBackup {
  manifest: Manifest
  secrets: { APP_KEY: string } | null
  /** The rows of a table, as COPY reads them. */
  rowsOf(table: string): Promise<Readable>
  close(): void
}

/** @throws BackupRefused when it is no backup, was cut off, or is of another format */
export async function openBackup(path: string): Promise<OpenBackup> {
  const zip = await openPromise(path, { autoClose: false }).catch((error) => {
    throw new BackupRefused(whyNot(path, error))
  })
  try {
    const entries = await entriesOf(zip, path)
    const manifest = await readManifest((await noteOf(MANIFEST, { zip, entries, path })).toString(), path)
    const secrets = manifest.key.kept ? await secretsOf({ zip, entries, path, manifest }) : null
    return {
      manifest,
      secrets,
      async rowsOf(table) {
        const entry = entries.get(entryOf(table))
        if (!entry) throw damaged(path, `${entryOf(table)} is missing`)
        const packed = await zip.openReadStreamPromise(entry)
        const rows = createZstdDecompress()
        packed.on('error', (error) => rows.destroy(error))
        return packed.pipe(rows)
      },
      close: () => zip.close(),
    }
  } catch (error) {
    zip.close()
    throw error
  }
}

/**
 * Reads all of it and compares it with what it says of itself, before anything is written.
 *
 * @throws BackupRefused at the first table that is not what it was
 */
export async function verifyBackup(
  { manifest, rowsOf }: OpenBackup,
  { path, signal }: { path: string; signal: AbortSignal }
) {
  for (const { name, rows, bytes, sha256 } of manifest.tables) {
    const tally = new Tally()
    try {
      await pipeline(await rowsOf(name), tally, consumed, { signal })
    } catch (error) {
      if (signal.aborted || error instanceof BackupRefused) throw error
      throw damaged(path, `the rows of ${name} cannot be read`)
    }
    const found = tally.sum()
    if (found.sha256 !== sha256 || found.rows !== rows || found.bytes !== bytes) {
      throw damaged(path, `the rows of ${name} are not those that were written`)
    }
  }
}

async function consumed(rows: AsyncIterable<Buffer>) {
  for await (const _ of rows);
}

async function entriesOf(zip: ZipFile, path: string): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>()
  try {
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry)
  } catch (error) {
    throw damaged(path, (error as Error).message)
  }
  return entries
}

interface Opened {
  zip: ZipFile
  entries: Map<string, Entry>
  path: string
}

/** One of the two small texts beside the tables. */
async function noteOf(name: string, { zip, entries, path }: Opened): Promise<Buffer> {
  const entry = entries.get(name)
  if (!entry) throw new BackupRefused(`${path} is no backup of Assent: it has no ${name}.`)
  if (entry.uncompressedSize > LARGEST_NOTE) throw damaged(path, `${name} is too large`)
  const text = await zip
    .openReadStreamPromise(entry)
    .then(buffer)
    .catch((error) => {
      throw damaged(path, `${name}: ${error.message}`)
    })
  if (crc32(text) !== entry.crc32) throw damaged(path, `${name} is not what was written`)
  return text
}

async function secretsOf({ manifest, ...opened }: Opened & { manifest: Manifest }) {
  const text = await noteOf(SECRETS, opened)
  const isWhole = createHash('sha256').update(text).digest('hex') === manifest.secrets_sha256
  if (!isWhole) throw damaged(opened.path, `${SECRETS} is not what was written`)
  return JSON.parse(text.toString()) as { APP_KEY: string }
}

const damaged = (path: string, what: string) =>
  new BackupRefused(`${path} is damaged: ${what}. Nothing was restored; use another backup.`)

function whyNot(path: string, { code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return `There is no file ${path}.`
  if (code === 'EISDIR') return `${path} is a directory, not a backup.`
  if (code === 'EACCES') return `This user may not read ${path}.`
  return `${path} is no backup of Assent, or was cut off while it was copied (${message}).`
}
