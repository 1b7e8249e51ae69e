import { randomUUID } from 'node:crypto'
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { getActiveTestOrFail } from '@japa/runner'
import { openPromise } from 'yauzl'
import { ZipFile } from 'yazl'
import { writeBackup } from '#backup'
import { type anotherDatabase } from './another_database.ts'
import { launcher } from './launchers.ts'
import { owner } from './owner.ts'

/** A directory of the running test. */
export function place(): string {
  const directory = mkdtempSync(join(tmpdir(), 'assent-backup-'))
  getActiveTestOrFail().cleanup(() => rmSync(directory, { recursive: true }))
  return directory
}

/** A backup of the tests' own database. */
export async function backup(path = join(place(), 'all.assent')) {
  return writeBackup({ path, signal: new AbortController().signal })
}

/** The same file with another manifest, and its other entries as told. Everything else is as it was. */
export async function changed(
  path: string,
  { manifest = (said) => said, without }: { manifest?: (said: any) => unknown; without?: string }
): Promise<string> {
  const target = join(place(), 'changed.assent')
  const zip = new ZipFile()
  const source = await openPromise(path, { autoClose: false })
  for await (const entry of source.eachEntry()) {
    const bytes = await buffer(await source.openReadStreamPromise(entry))
    if (entry.fileName === without) continue
    const isManifest = entry.fileName === 'manifest.json'
    zip.addBuffer(isManifest ? Buffer.from(JSON.stringify(manifest(JSON.parse(String(bytes))))) : bytes, entry.fileName)
  }
  source.close()
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(target))
  return target
}

/** Migrated and empty, each a copy of the first. */
export async function emptyInstallation(template: Awaited<ReturnType<typeof anotherDatabase>>) {
  const name = `backup_${randomUUID().replaceAll('-', '')}`
  await owner().rawQuery(`create database ${name} template ${new URL(template.ownerUrl).pathname.slice(1)}`)
  const url = new URL(template.ownerUrl)
  url.pathname = `/${name}`
  const { appRole } = await launcher('app_role')
  const app = await appRole({ ownerUrl: url.href, appKey: process.env.APP_KEY })
  return { ownerUrl: url.href, url: app.url as string }
}
