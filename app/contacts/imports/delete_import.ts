import db from '@adonisjs/lucid/services/db'
import { audit, REJECTS_DAYS, type Actor } from '#identity'
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

/**
 * Nightly, what nobody needs any more: uploads that broke off with their process, files that nobody started within a week or
 * whose import failed a week ago, and refused rows as old as the workspace keeps them; how many there were stays.
 */
export async function cleanImports() {
  await db.rawQuery(
    `with gone as (
       delete from imports where (status = 'uploading' and created_at < now() - interval '1 day')
         or (status = 'analysed' and created_at < now() - interval '7 days')
       returning workspace_id, id),
     over as (
       select workspace_id, id from gone
       union all
       select workspace_id, id from imports where status = 'failed' and finished_at < now() - interval '7 days')
     delete from import_pieces p using over o where p.workspace_id = o.workspace_id and p.import_id = o.id`
  )
  await db.rawQuery(
    `delete from import_rows r using imports i join workspaces w on w.id = i.workspace_id
     where r.workspace_id = i.workspace_id and r.import_id = i.id and r.outcome = 'rejected'
       and i.finished_at < now() - make_interval(days => coalesce((w.settings->>'import_rejects_days')::int, ?))`,
    [REJECTS_DAYS]
  )
}
