import db from '@adonisjs/lucid/services/db'
import { audit, type Actor } from '#identity'
import { touch } from '#platform'
import type { Import } from '../models/import.ts'
import { ImportState } from './errors.ts'

/**
 * Throws away a file that nobody started.
 *
 * @throws ImportState (409) once it was started: what it did can be undone, and its account stays
 */
export async function deleteImport({ file, actor }: { file: Import; actor: Actor }) {
  const { workspaceId, id } = file
  await db.transaction(async (trx) => {
    const deleted = await trx.from('imports').where({ workspace_id: workspaceId, id, status: 'analysed' }).delete()
    if (Number(deleted) === 0) throw new ImportState(`This import is ${file.status}: it can be undone, not deleted.`)
    await trx.from('import_pieces').where({ workspace_id: workspaceId, import_id: id }).delete()
    await audit('import.deleted', { workspaceId, actor, subject: { type: 'import', id }, trx })
    await touch(trx, workspaceId, ['imports', `imports/${id}`])
  })
}

/** Nightly: uploads that broke off with their process. What is kept for a time is in kept.ts. */
export async function cleanImports() {
  await db.rawQuery(
    `with gone as (
       delete from imports where status = 'uploading' and created_at < now() - interval '1 day' returning workspace_id, id)
     delete from import_pieces p using gone g where p.workspace_id = g.workspace_id and p.import_id = g.id`
  )
}
