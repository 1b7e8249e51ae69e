import db from '@adonisjs/lucid/services/db'
import { UploadsFull } from './errors.ts'

const PIECE_BYTES = 1_048_576

/** Cuts a stream into pieces of 1 MiB, whatever the size of what arrives. */
export async function* inPieces(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = []
  let size = 0
  for await (const bytes of stream) {
    waiting.push(bytes)
    size += bytes.length
    while (size >= PIECE_BYTES) {
      const all = Buffer.concat(waiting)
      yield all.subarray(0, PIECE_BYTES)
      waiting = [all.subarray(PIECE_BYTES)]
      size = all.length - PIECE_BYTES
    }
  }
  if (size > 0) yield Buffer.concat(waiting)
}

/** What a workspace may keep of files that are not taken in yet: five of the largest. */
const MAX_WAITING_PIECES = 1_000

/**
 * Every piece is a row of 1 MiB, so counting rows by their key is enough.
 *
 * @throws UploadsFull (409)
 */
export async function refuseWhenFull(workspaceId: number) {
  const { rows } = await db.rawQuery('select count(*) as pieces from import_pieces where workspace_id = ?', [
    workspaceId,
  ])
  if (rows[0].pieces < MAX_WAITING_PIECES) return
  throw new UploadsFull('Files of 1 GB wait here to be imported. Start or delete some of them, then upload this one.', {
    field: 'file',
  })
}

/** A stored file again, piece by piece. */
export async function* storedPieces(file: { workspaceId: number; id: number }): AsyncGenerator<Buffer> {
  for (let no = 0; ; no++) {
    const row = await db
      .from('import_pieces')
      .where({ workspace_id: file.workspaceId, import_id: file.id, no })
      .select('bytes')
      .first()
    if (!row) return
    yield row.bytes
  }
}
