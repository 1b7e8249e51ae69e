import { constants, createZstdCompress } from 'node:zlib'
import { createHash } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import type { Writable } from 'node:stream'
import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { to as copyTo } from 'pg-copy-streams'
import { ZipFile } from 'yazl'
import { verifyLedger } from '#consent'
import { checkMigrations } from '#platform'
import {
  columnList,
  migrationsOf,
  monthsOf,
  quoted,
  sequencesOf,
  speakPlainly,
  tablesOf,
  type Table,
} from './catalog.ts'
import { BackupRefused } from './errors.ts'
import { keyForBackup } from './installation_key.ts'
import { entryOf, FORMAT, MANIFEST, SECRETS, summaryOf, type Manifest, type Summary } from './manifest.ts'
import { newFile, refuse } from './new_file.ts'
import { ownVersion } from './own_version.ts'
import { Tally } from './tally.ts'

export interface Written extends Summary {
  path: string
  bytes: number
  /** Is the key in it, or must it be kept elsewhere (APP_KEY of the environment)? */
  holds_key: boolean
  seconds: number
}

/** What was copied so far of which table. */
export type Progress = (table: string, rows: number) => void

/**
 * Everything that this installation knows, as it stands at one moment, in one new file at `path` (an absolute one), while
 * web and workers go on. Nothing stands there before it is whole and on the disk. Memory does not grow with the data: rows
 * stream from the database through the compression into the file.
 *
 * @throws BackupRefused when it cannot be written there; whatever `signal` says when it is aborted
 */
export async function writeBackup({
  path,
  signal,
  progress = () => {},
}: {
  path: string
  signal: AbortSignal
  progress?: Progress
}): Promise<Written> {
  const began = performance.now()
  const { ok, note } = await checkMigrations()
  if (!ok) throw new BackupRefused(`The database is not up to date: ${note}`)
  const file = await newFile(path)
  try {
    const manifest = await packInto(file.stream, { path, signal, progress })
    const bytes = await file.keep()
    return {
      path,
      bytes,
      ...summaryOf(manifest),
      holds_key: manifest.key.kept,
      seconds: Math.round((performance.now() - began) / 100) / 10,
    }
  } finally {
    await file.discard()
  }
}

/** The zip file: one entry a table, then the key, then the manifest, which knows the sums of all before it. */
async function packInto(
  stream: Writable,
  { path, signal, progress }: { path: string; signal: AbortSignal; progress: Progress }
) {
  const zip = new ZipFile()
  const broken = new AbortController()
  const written = pipeline(zip.outputStream, stream, { signal })
  written.catch((error) => broken.abort(error)) // a full disk must end the copy, too
  const until = AbortSignal.any([signal, broken.signal])
  try {
    const manifest = await inOneMoment((trx) => pack(zip, trx, { until, progress }))
    zip.addBuffer(Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`), MANIFEST)
    zip.end()
    await written
    return manifest
  } catch (error) {
    if (signal.aborted) throw signal.reason
    if (broken.signal.aborted) refuse(path, broken.signal.reason)
    throw error
  }
}

/** All statements see the database as it was at the first. */
async function inOneMoment<T>(work: (trx: TransactionClientContract) => Promise<T>): Promise<T> {
  const trx = await db.transaction()
  try {
    await trx.rawQuery('set transaction isolation level repeatable read, read only')
    await speakPlainly(trx)
    return await work(trx)
  } finally {
    // Also after a failure: a copy that broke off has taken the connection with it, and there is nothing to roll back
    await trx.rollback().catch(() => {})
  }
}

async function pack(
  zip: ZipFile,
  trx: TransactionClientContract,
  { until, progress }: { until: AbortSignal; progress: Progress }
): Promise<Manifest> {
  const { rows } = await trx.rawQuery(
    `select to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as taken_at, current_setting('server_version') as postgres`
  )
  const { key, secrets } = await keyForBackup()
  const tables: Manifest['tables'] = []
  for (const table of await tablesOf(trx)) tables.push(await packTable(table, { zip, trx, until, progress }))
  const manifest: Manifest = {
    format: FORMAT,
    assent: await ownVersion(),
    postgres: rows[0].postgres,
    taken_at: rows[0].taken_at,
    migrations: await migrationsOf(trx),
    key,
    ledger: await judgeLedger(trx),
    months: await monthsOf(trx),
    // Read last: what they gave out meanwhile is more than the copied rows have
    sequences: (await sequencesOf(trx)).flatMap(({ name, last }) => (last === null ? [] : [{ name, last }])),
    tables,
  }
  if (!secrets) return manifest
  const text = Buffer.from(`${JSON.stringify(secrets, null, 2)}\n`)
  zip.addBuffer(text, SECRETS, { mode: 0o100600 })
  return { ...manifest, secrets_sha256: createHash('sha256').update(text).digest('hex') }
}

async function packTable(
  table: Table,
  {
    zip,
    trx,
    until,
    progress,
  }: { zip: ZipFile; trx: TransactionClientContract; until: AbortSignal; progress: Progress }
): Promise<Manifest['tables'][number]> {
  until.throwIfAborted()
  const connection = await (trx.knexClient as any).client.acquireConnection()
  const copy = connection.query(
    copyTo(`copy (select ${columnList(table)} from public.${quoted(table.name)}) to stdout`)
  )
  const tally = new Tally()
  const packed = createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 3 } })
  tally.on('data', () => progress(table.name, tally.rows))
  // Packed already; of more than 4 GB, perhaps
  const options = { compress: false, forceZip64Format: true, mode: 0o100600 }
  zip.addReadStreamLazy(entryOf(table.name), options, (give) => give(null, packed))
  try {
    await pipeline(copy, tally, packed, { signal: until })
  } catch (error) {
    copy.on('error', () => {}) // told once is enough
    connection.connection.stream.destroy() // what the server still sends belongs to nobody
    throw error
  }
  return { ...table, ...tally.sum() }
}

async function judgeLedger(client: TransactionClientContract) {
  const { entries, breaks } = await verifyLedger({ client })
  return { entries, breaks: breaks.length }
}
