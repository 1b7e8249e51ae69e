import { pipeline } from 'node:stream/promises'
import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { from as copyFrom } from 'pg-copy-streams'
import { verifyLedger } from '#consent'
import { mustAskAgain } from '#delivery'
import { audit, theSystem } from '#identity'
import { announce, checkMigrations, crashPoint } from '#platform'
import { columnList, migrationsOf, quoted, sequencesOf, speakPlainly, tablesOf } from './catalog.ts'
import { claimEmpty } from './claim_empty.ts'
import { BackupRefused } from './errors.ts'
import { adoptKey, keyForRestore } from './installation_key.ts'
import { summaryOf, type Manifest, type Summary } from './manifest.ts'
import { openBackup, verifyBackup, type OpenBackup } from './open_backup.ts'
import { ownVersion } from './own_version.ts'
import { withoutChecks } from './without_checks.ts'
import type { Progress } from './write_backup.ts'

/**
 * What was given out after the backup is in links of mails that have left and in keys that providers remember. None of it may
 * come to mean somebody else: so much of every number is left out.
 */
const GAP = 10_000_000n

export interface Restored extends Summary {
  path: string
  /** Did this installation take over the backup's key? */
  took_key: boolean
  seconds: number
}

/**
 * Brings a backup into an installation that has no workspace yet and on which nothing runs. The file is read and checked as a
 * whole before anything is written; then everything happens in one transaction, as the owner of the tables: whatever ends it
 * early leaves the installation as it was.
 *
 * Afterwards nothing leaves by itself: the worker that starts finds other data than it knew (`holdAfterRestore`). What jobs
 * waited is not in the file: `backup.restored` lets each module find in its rows what has to go on.
 *
 * @throws BackupRefused with what to do about it
 */
export async function restoreBackup({
  path,
  signal,
  progress = () => {},
}: {
  path: string
  signal: AbortSignal
  progress?: Progress
}): Promise<Restored> {
  const began = performance.now()
  const backup = await openBackup(path)
  try {
    const { manifest } = backup
    await checkVersion(manifest)
    const newKey = await keyForRestore(manifest, backup.secrets)
    await verifyBackup(backup, { path, signal })
    await db.transaction((trx) => bringIn(backup, { trx, newKey, signal, progress }))
    for (const { name } of manifest.tables) await db.rawQuery(`analyze public.${quoted(name)}`)
    return {
      path,
      ...summaryOf(manifest),
      took_key: newKey !== null,
      seconds: Math.round((performance.now() - began) / 100) / 10,
    }
  } finally {
    backup.close()
  }
}

async function checkVersion({ assent, migrations }: Manifest) {
  const { ok, note } = await checkMigrations()
  if (!ok) throw new BackupRefused(`The database here is not up to date: ${note}`)
  const here = await migrationsOf(db)
  if (here.join() === migrations.join()) return
  throw new BackupRefused(
    `This backup was made by Assent ${assent}, whose database is built differently than that of this version (${await ownVersion()}). Install Assent ${assent}, restore it there, and upgrade then.`
  )
}

interface Bringing {
  trx: TransactionClientContract
  newKey: string | null
  signal: AbortSignal
  progress: Progress
}

async function bringIn(backup: OpenBackup, { trx, newKey, signal, progress }: Bringing) {
  const { manifest } = backup
  await speakPlainly(trx)
  await claimEmpty(trx)
  await checkStructure(manifest, trx)
  for (const month of manifest.months) await trx.rawQuery('select ensure_month_partitions(?)', [month])
  await withoutChecks(trx, async () => {
    for (const table of manifest.tables) await copyIn(table, { backup, trx, signal, progress })
  })
  await leaveGaps(manifest, trx)
  await checkLedger(manifest, trx)
  await tell(manifest, trx)
  // Last, and never taken back: when nobody knows whether the commit came through, data without their key would be lost, while
  // an empty database does not mind another one
  if (newKey !== null) await adoptKey(newKey)
  crashPoint('before_restored')
}

/** Nothing of the file is ever run as SQL: its names are those that are here, or it is refused. */
async function checkStructure(manifest: Manifest, trx: TransactionClientContract) {
  const here = new Map((await tablesOf(trx)).map((table) => [table.name, JSON.stringify(table.columns)]))
  const wrong = manifest.tables.filter(({ name, columns }) => here.get(name) !== JSON.stringify(columns))
  const there = new Set(manifest.tables.map(({ name }) => name))
  const odd = [...wrong.map(({ name }) => name), ...[...here.keys()].filter((name) => !there.has(name))]
  if (odd.length === 0) return
  throw new BackupRefused(
    `The database here is built differently than that of the backup (${odd.slice(0, 5).join(', ')}). Install Assent ${manifest.assent} as it was when the backup was made, restore it there, and upgrade then.`
  )
}

async function copyIn(
  table: Manifest['tables'][number],
  { backup, trx, signal, progress }: Omit<Bringing, 'newKey'> & { backup: OpenBackup }
) {
  signal.throwIfAborted()
  const connection = await (trx.knexClient as any).client.acquireConnection()
  const copy = connection.query(copyFrom(`copy public.${quoted(table.name)} (${columnList(table)}) from stdin`))
  const rows = await backup.rowsOf(table.name)
  progress(table.name, 0)
  await pipeline(rows, copy, { signal })
  if (copy.rowCount !== table.rows) {
    throw new Error(`${table.name} took ${copy.rowCount} rows of ${table.rows}`) // nobody's to fix: the file was checked
  }
  progress(table.name, copy.rowCount)
}

async function leaveGaps({ sequences }: Manifest, trx: TransactionClientContract) {
  const here = new Set((await sequencesOf(trx)).map(({ name }) => name))
  for (const { name, last } of sequences) {
    if (!here.has(name)) throw new BackupRefused(`The database here has no sequence ${name}, which the backup knows.`)
    await trx.rawQuery('select setval(?::regclass, ?::bigint)', [`public.${quoted(name)}`, String(BigInt(last) + GAP)])
  }
}

/** As whole as it was, not wholer: a chain that was broken before must not keep the rest from coming back. */
async function checkLedger({ ledger }: Manifest, client: TransactionClientContract) {
  const { entries, breaks } = await verifyLedger({ client })
  if (entries === ledger.entries && breaks.length === ledger.breaks) return
  throw new Error(
    `The ledger came in with ${entries} entries and ${breaks.length} breaks; in the backup it has ${ledger.entries} and ${ledger.breaks}.`
  )
}

async function tell({ taken_at: takenAt }: Manifest, trx: TransactionClientContract) {
  await mustAskAgain(trx)
  for (const { id: workspaceId } of await trx.from('workspaces').select('id').orderBy('id')) {
    const details = { taken_at: takenAt }
    await audit('workspace.restored', {
      workspaceId,
      actor: theSystem,
      subject: { type: 'workspace', id: workspaceId },
      details,
      trx,
    })
    await announce('backup.restored', { workspaceId, payload: details, trx })
  }
}
