import db from '@adonisjs/lucid/services/db'
import { audit, type Actor } from '#identity'
import { touch } from '#platform'
import { Import } from '../models/import.ts'
import { FileAnalysis } from './analyse_file.ts'
import { FileTooLarge, UnreadableFile } from './errors.ts'
import { inPieces, refuseWhenFull } from './pieces.ts'

export const MAX_FILE_BYTES = 200_000_000
const PIECES_BETWEEN_LOOKS = 32

/**
 * Takes in a file as it arrives: straight into rows of 1 MiB, never whole in memory nor on this machine's disk, while its
 * encoding, separator and columns are found out. What cannot be a list of people leaves nothing behind.
 *
 * @throws FileTooLarge (413), UnreadableFile (422), UploadsFull (409)
 */
export async function receiveFile({
  workspaceId,
  stream,
  fileName,
  actor,
}: {
  workspaceId: number
  stream: AsyncIterable<Buffer>
  fileName: string
  actor: Actor
}): Promise<Import> {
  const file = await Import.create({
    workspaceId,
    status: 'uploading',
    fileName: fileName.replaceAll('\0', '').toWellFormed().slice(0, 255) || 'list.csv',
    createdBy: actor.label,
  })
  try {
    const { analysis, bytes } = await store(file, stream)
    const fields = await db.from('contact_fields').where('workspace_id', workspaceId).select('key', 'label')
    const { rowsEstimate, ...shape } = analysis.result(fields)
    return await db.transaction(async (trx) => {
      file.useTransaction(trx).merge({ ...shape, rowsEstimate, fileBytes: bytes, status: 'analysed' })
      await file.save()
      await audit('import.uploaded', {
        workspaceId,
        actor,
        subject: { type: 'import', id: file.id },
        details: { bytes },
        trx,
      })
      await touch(trx, workspaceId, ['imports'])
      return file
    })
  } catch (error) {
    await forgetFile(file)
    throw error
  }
}

async function store(file: Import, stream: AsyncIterable<Buffer>) {
  const analysis = new FileAnalysis()
  let bytes = 0
  let no = 0
  for await (const piece of inPieces(stream)) {
    bytes += piece.length
    if (bytes > MAX_FILE_BYTES) {
      throw new FileTooLarge(
        'This file is larger than 200 MB. Split it into several files and import one after the other.',
        {
          field: 'file',
        }
      )
    }
    if (no % PIECES_BETWEEN_LOOKS === 0) await refuseWhenFull(file.workspaceId)
    analysis.see(piece)
    await db.table('import_pieces').insert({ workspace_id: file.workspaceId, import_id: file.id, no, bytes: piece })
    no++
  }
  if (bytes === 0)
    throw new UnreadableFile('This file is empty. Export the list again and choose that file.', { field: 'file' })
  return { analysis, bytes }
}

async function forgetFile({ workspaceId, id }: Import) {
  await db.transaction(async (trx) => {
    await trx.from('import_pieces').where({ workspace_id: workspaceId, import_id: id }).delete()
    await trx.from('imports').where({ workspace_id: workspaceId, id }).delete()
  })
}
