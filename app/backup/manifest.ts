import vine from '@vinejs/vine'
import type { Infer } from '@vinejs/vine/types'
import { BackupRefused } from './errors.ts'

/** Raised when a file of before cannot be read any more as it is. */
export const FORMAT = 1
export const MANIFEST = 'manifest.json'
export const SECRETS = 'secrets.json'
/** The rows of a table as PostgreSQL's COPY writes them (text format), compressed with Zstandard (RFC 8878). */
export const entryOf = (table: string) => `tables/${table}.copy.zst`

const count = () => vine.number().withoutDecimals().min(0)
const sha256 = () => vine.string().regex(/^[0-9a-f]{64}$/)

const schema = vine.create({
  format: vine.number(),
  assent: vine.string(),
  postgres: vine.string(),
  taken_at: vine.string().regex(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
  migrations: vine.array(vine.string()),
  /** `kept`: the key is in the file. Else it was the environment's, and this recognises it. */
  key: vine.object({ kept: vine.boolean(), salt: vine.string(), fingerprint: sha256() }),
  secrets_sha256: sha256().optional(),
  /** What `consent:verify` said of these data at that moment. */
  ledger: vine.object({ entries: count(), breaks: count() }),
  /** First days of the months that have partitions of their own. */
  months: vine.array(vine.string().regex(/^\d{4}-\d\d-01$/)),
  /** The last number that each one gave out. */
  sequences: vine.array(vine.object({ name: vine.string(), last: vine.string().regex(/^\d+$/) })),
  tables: vine.array(
    vine.object({
      name: vine.string(),
      columns: vine.array(vine.object({ name: vine.string(), type: vine.string() })),
      rows: count(),
      bytes: count(),
      sha256: sha256(),
    })
  ),
})

export type Manifest = Infer<typeof schema>

/** @throws BackupRefused when it is not what a backup of this format says of itself */
export async function readManifest(text: string, path: string): Promise<Manifest> {
  let said: any
  try {
    said = JSON.parse(text)
  } catch {
    throw new BackupRefused(`${path} is damaged: what it says of itself cannot be read. Use another backup.`)
  }
  if (typeof said?.format !== 'number') throw new BackupRefused(`${path} is no backup of Assent.`)
  if (said.format !== FORMAT) {
    throw new BackupRefused(
      `${path} has format ${said.format}, and this Assent reads format ${FORMAT}. Restore it with Assent ${said.assent ?? 'of its time'}, which made it.`
    )
  }
  const [error, manifest] = await schema.tryValidate(said)
  if (error) throw new BackupRefused(`${path} is damaged: what it says of itself is not whole. Use another backup.`)
  return manifest
}

/** What is told of a file to whoever wrote it or brought it in. */
export interface Summary {
  taken_at: string
  tables: number
  rows: number
  ledger: Manifest['ledger']
}

export const summaryOf = ({ taken_at, tables, ledger }: Manifest): Summary => ({
  taken_at,
  tables: tables.length,
  rows: tables.reduce((sum, { rows }) => sum + rows, 0),
  ledger,
})
