import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { wordingOf } from '#consent'
import { audit, type Actor } from '#identity'
import { enqueue, touch } from '#platform'
import { Import } from '../models/import.ts'
import { noCounts } from './counts.ts'
import { ImportState } from './errors.ts'
import { readOptions, type ImportConsent, type ImportDeclaration, type ImportRequest } from './options.ts'

/**
 * Hands an analysed file to a worker, with what its columns become. From here on nobody need be watching.
 *
 * @throws ImportState (409), BadMapping (422)
 */
export async function startImport({
  file,
  request,
  actor,
}: {
  file: Import
  request: ImportRequest
  actor: Actor
}): Promise<Import> {
  const { workspaceId, id } = file
  const given = await readOptions(request, file)
  return db.transaction(async (trx) => {
    const by = { file, actor, trx }
    const consent = given.consent && !isUnsaid(given.consent) ? await withWording(given.consent, by) : given.consent
    const options = { ...given, consent, tracking: given.tracking && (await withWording(given.tracking, by)) }
    const { rowCount } = await trx.rawQuery(
      `update imports set status = 'running', options = ?, counts = ?, started_by = ?, started_at = now(), updated_at = now(),
         rows_done = 0, rows_total = rows_estimate, attempts = 0
       where workspace_id = ? and id = ? and status = 'analysed'`,
      [JSON.stringify(options), JSON.stringify(noCounts()), JSON.stringify(actor), workspaceId, id]
    )
    if (!rowCount) throw new ImportState(`This import is ${file.status}. Upload the file again to import it once more.`)
    await enqueue('imports.run', { workspaceId, importId: id }, { trx })
    await audit('import.started', {
      workspaceId,
      actor,
      subject: { type: 'import', id },
      details: {
        on_conflict: options.on_conflict,
        topics: options.consent?.topic_ids ?? [],
        basis: options.consent?.basis ?? null,
        decided_by: options.consent?.decided_by?.map(({ column }) => column) ?? [],
      },
      trx,
    })
    await touch(trx, workspaceId, ['imports', `imports/${id}`])
    return Import.query({ client: trx }).where({ workspaceId, id }).firstOrFail()
  })
}

/** The words that the people were told become a wording now, so that every lot names the same one. */
async function withWording<Said extends ImportDeclaration>(
  said: Said,
  { file, actor, trx }: { file: Import; actor: Actor; trx: TransactionClientContract }
): Promise<Said> {
  const { wording, statement, source: shown } = said
  const told = await wordingOf({ workspaceId: file.workspaceId, wording, statement, shown, actor, trx })
  return { ...said, wording: { id: told!.id, version: told!.version }, statement: told!.text }
}

/** A basis that mails nobody needs no words, nor do columns in which nobody agrees. */
const isUnsaid = ({ basis, wording, statement }: ImportConsent) => !wording && (basis === 'unknown' || !statement)
