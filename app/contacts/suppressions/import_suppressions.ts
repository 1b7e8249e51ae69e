import db from '@adonisjs/lucid/services/db'
import { countSuppressed, suppress, type SuppressionReason } from '#consent'
import { cleanLine } from '#platform'
import type { Actor } from '#identity'
import { readAddresses } from './read_addresses.ts'

/**
 * Suppresses the addresses of a file, all in one transaction once the whole file has been read: a file that breaks off
 * changes nothing, and the same file again does no harm. `dryRun` counts and changes nothing.
 *
 * @returns `new` and `known` (suppressed before) are addresses; `people` are contacts who have one of them now
 * @throws FileTooLarge (413), UnreadableFile (422)
 */
export async function importSuppressions({
  workspaceId,
  stream,
  fileName,
  reason,
  note,
  dryRun,
  actor,
}: {
  workspaceId: number
  stream: AsyncIterable<Buffer>
  fileName: string
  reason: SuppressionReason
  note: string | null
  dryRun: boolean
  actor: Actor
}) {
  const { addresses, ...counts } = await readAddresses(workspaceId, stream)
  const name = cleanLine(fileName).slice(0, 200) || 'list'
  const { known, people } = await db.transaction(async (trx) => {
    const before = await countSuppressed({ workspaceId, hashes: addresses.map(({ hash }) => hash), trx })
    const { rows } = await trx.rawQuery(
      `select count(*)::int as people from unnest(?::text[]) as k (key)
       join contacts c on c.workspace_id = ? and c.email_key = k.key collate "C" and c.deleted_at is null`,
      [addresses.map(({ key }) => key), workspaceId] as any[]
    )
    if (!dryRun) {
      await suppress({ workspaceId, addresses, reason, source: `file: ${name}`, note, actor, trx })
    }
    return { known: before, people: rows[0].people as number }
  })
  return {
    dry_run: dryRun,
    file_name: name,
    rows: counts.rows,
    new: addresses.length - known,
    known,
    duplicates: counts.duplicates,
    invalid: counts.invalid,
    people,
    samples: counts.samples,
  }
}
