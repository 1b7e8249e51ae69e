import db from '@adonisjs/lucid/services/db'
import { enqueue, type DomainEvent } from '#platform'
import { Import } from '../models/import.ts'

/**
 * `backup.restored`: files that were being taken in when the backup was made go on from there. Their jobs were not in it; a
 * second one for the same file is dropped while the first waits, and does no harm later.
 */
export async function resumeImports({ workspaceId }: Pick<DomainEvent, 'workspaceId'>) {
  const running = await Import.query().where({ workspaceId, status: 'running' }).orderBy('id')
  await db.transaction(async (trx) => {
    for (const { id } of running) {
      await enqueue('imports.run', { workspaceId, importId: id }, { trx, once: `restored ${workspaceId}/${id}` })
    }
  })
}
