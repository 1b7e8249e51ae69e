import { createHash } from 'node:crypto'
import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { mergeKeys } from './compile_edition.ts'
import type { CompiledEdition } from './edition.ts'

/**
 * Stores an edition as it will be sent. `source` is what the author wrote, for the archive.
 *
 * @returns the edition's id
 */
export async function freezeEdition({
  workspaceId,
  edition,
  source,
  demo = false,
  trx,
}: {
  workspaceId: number
  edition: CompiledEdition
  source: Record<string, unknown>
  demo?: boolean
  trx: TransactionClientContract
}): Promise<number> {
  const { from, replyTo, subject, preheader, html, text, tracking, renderer, ...setting } = edition
  const [{ id }] = await trx
    .insertQuery()
    .table('editions')
    .insert({
      workspace_id: workspaceId,
      from_name: from.name,
      from_email: from.email,
      reply_to: replyTo,
      subject,
      preheader,
      html,
      text,
      merge_keys: JSON.stringify(mergeKeys(edition)),
      tracking: JSON.stringify(tracking),
      setting: JSON.stringify(setting),
      renderer,
      source: JSON.stringify(source),
      hash: createHash('sha256').update(JSON.stringify(edition)).digest(),
      demo,
    })
    .returning('id')
  return Number(id)
}

/** The edition as it was compiled: `renderCopy` gives the same bytes from it as on the day it was frozen. */
export async function loadEdition({
  workspaceId,
  editionId,
  db,
}: {
  workspaceId: number
  editionId: number
  db: QueryClientContract
}): Promise<CompiledEdition> {
  const row = await db.from('editions').where({ workspace_id: workspaceId, id: editionId }).firstOrFail()
  return {
    ...row.setting,
    renderer: row.renderer,
    from: { name: row.from_name, email: row.from_email },
    replyTo: row.reply_to,
    subject: row.subject,
    preheader: row.preheader,
    html: row.html,
    text: row.text,
    tracking: row.tracking,
  }
}
