import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto'
import { chown, open, readFile, rename, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { appKey } from '#config/app'
import env from '#start/env'
import { BackupRefused } from './errors.ts'
import type { Manifest } from './manifest.ts'

/** Slow on purpose: somebody may have chosen an APP_KEY that can be guessed. */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 2 ** 26 }

const fingerprint = (key: string, salt: string) => scryptSync(key, Buffer.from(salt, 'base64url'), 32, COST)

/** What a backup says of the key, and the key itself when it was made here and is kept in DATA_DIR. */
export async function keyForBackup(): Promise<{ key: Manifest['key']; secrets: { APP_KEY: string } | null }> {
  const APP_KEY = appKey.release()
  const kept = (await readSecrets())?.APP_KEY === APP_KEY
  const salt = randomBytes(16).toString('base64url')
  return {
    key: { kept, salt, fingerprint: fingerprint(APP_KEY, salt).toString('hex') },
    secrets: kept ? { APP_KEY } : null,
  }
}

/**
 * Can what was encrypted with the backup's key be read here afterwards?
 *
 * @returns the key that this installation must take over, or null when it has it
 */
export async function keyForRestore(
  { key: { salt, fingerprint: wanted } }: Manifest,
  secrets: { APP_KEY: string } | null
): Promise<string | null> {
  const here = appKey.release()
  if (timingSafeEqual(fingerprint(here, salt), Buffer.from(wanted, 'hex'))) return null
  if (!secrets) {
    throw new BackupRefused(
      'This backup was made with another APP_KEY, which is not in it. Without that key nobody could read the credentials of providers, and who is suppressed would be forgotten. Set APP_KEY to the one of the installation that was backed up.'
    )
  }
  if ((await readSecrets())?.APP_KEY !== here) {
    throw new BackupRefused(
      'APP_KEY is set here, to another one than the backup holds. Unset it, and the backup brings its own into DATA_DIR; or set it to the one in secrets.json of the backup.'
    )
  }
  return secrets.APP_KEY
}

/** The key becomes this installation's. The one before stays beside it: perhaps another database was encrypted with it. */
export async function adoptKey(APP_KEY: string): Promise<void> {
  const before = await readSecrets()
  const earlier = [...(before?.earlier_keys ?? []), ...(before ? [before.APP_KEY] : [])]
  await writeSecrets({ ...before, APP_KEY, earlier_keys: earlier })
}

interface Secrets {
  APP_KEY: string
  earlier_keys?: string[]
}

/** As the launchers make it (`bin/prepare.js`). */
const file = () => (env.get('DATA_DIR') ? join(env.get('DATA_DIR')!, 'secrets.json') : null)

async function readSecrets(): Promise<Secrets | null> {
  try {
    return file() && JSON.parse(await readFile(file()!, 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** Whole or not at all, on the disk before it counts, and its directory's owner's also when root writes it. */
async function writeSecrets(secrets: Secrets) {
  const draft = `${file()}.${process.pid}`
  const handle = await open(draft, 'w', 0o600)
  try {
    await handle.writeFile(`${JSON.stringify(secrets, null, 2)}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  if (process.getuid?.() === 0) {
    const { uid, gid } = await stat(dirname(draft))
    await chown(draft, uid, gid)
  }
  await rename(draft, file()!)
}
