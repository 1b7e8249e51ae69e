import { once } from 'node:events'
import { createWriteStream, rmSync } from 'node:fs'
import { link, open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { BackupRefused } from './errors.ts'

/**
 * A file that only its owner may read, written aside: at `path` stands nothing before `keep`, which puts it there whole.
 * `discard` and the end of the process leave nothing of it behind.
 *
 * @throws BackupRefused when there is a file already, or none can be written
 */
export async function newFile(path: string) {
  await refuseOther(path)
  const draft = `${path}.${process.pid}.part`
  const stream = createWriteStream(draft, { mode: 0o600, flush: true }) // on the disk before it closes
  await once(stream, 'open').catch((error) => refuse(path, error))
  const closed = new Promise<void>((resolve) => stream.once('close', () => resolve()))
  const sweep = () => rmSync(draft, { force: true })
  process.once('exit', sweep)
  return {
    stream,
    /** Once the stream has ended. @returns its size in bytes */
    async keep(): Promise<number> {
      await closed
      await putInPlace(draft, path)
      return stream.bytesWritten
    },
    async discard() {
      stream.destroy()
      await closed
      process.off('exit', sweep)
      await rm(draft, { force: true })
    },
  }
}

/** Somebody may have written a file there meanwhile: a link is refused then. Not every file system knows links. */
async function putInPlace(draft: string, path: string) {
  try {
    await link(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return refuse(path, error as NodeJS.ErrnoException)
    await refuseOther(path)
    await rename(draft, path).catch((failure) => refuse(path, failure))
  }
  const directory = await open(dirname(path), 'r')
  await directory.sync().finally(() => directory.close())
}

async function refuseOther(path: string) {
  const found = await stat(path).catch((error) => (error.code === 'ENOENT' ? null : refuse(path, error)))
  if (found) refuse(path, Object.assign(new Error(), { code: 'EEXIST' }))
}

/** @throws BackupRefused in words */
export function refuse(path: string, { code }: NodeJS.ErrnoException): never {
  const why: Record<string, string> = {
    EEXIST: 'There is a file of that name, and a backup overwrites none. Choose another name',
    ENOENT: 'Its directory does not exist. Make it first',
    ENOTDIR: 'What it lies in is no directory',
    EACCES: 'This user may not write there. Choose another directory, or change its rights',
    EROFS: 'The file system is read-only. Choose another',
    EISDIR: 'It is a directory. Name a file in it',
    EDQUOT: 'The quota of this user is used up',
    ENOSPC: 'The disk is full. Make room, or choose another',
  }
  throw new BackupRefused(`No backup was written to ${path}: ${why[code ?? ''] ?? code}.`)
}
