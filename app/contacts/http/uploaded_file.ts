import type { HttpContext } from '@adonisjs/core/http'
import { FileTooLarge, UnreadableFile, UploadNotText } from '../imports/errors.ts'
import { MAX_FILE_BYTES } from '../imports/receive_file.ts'

export interface Upload {
  stream: AsyncIterable<Buffer>
  fileName: string
}

const bodies = ['text/csv', 'text/plain', 'text/tab-separated-values', 'application/csv', 'application/octet-stream']

/**
 * The file of a request as it streams in: the body itself (text/csv), or the part `file` of a form. Nothing is buffered and
 * nothing touches the disk. A file that says beforehand that it is too large is refused before it is read.
 */
export async function uploadedFile<T>(ctx: HttpContext, receive: (upload: Upload) => Promise<T>): Promise<T> {
  const { request } = ctx
  const type = (request.header('content-type') ?? '').split(';')[0].trim().toLowerCase()
  if (Number(request.header('content-length') ?? 0) > MAX_FILE_BYTES + 100_000) {
    throw new FileTooLarge(
      'This file is larger than 200 MB. Split it into several files and import one after the other.',
      {
        field: 'file',
      }
    )
  }
  if (type === 'multipart/form-data') return fromForm(ctx, receive)
  if (!bodies.includes(type)) {
    throw new UploadNotText(
      'Send the file as the part "file" of a form (multipart/form-data), or as the body with content-type text/csv.'
    )
  }
  const fileName = String(request.input('file_name') ?? 'list.csv')
  return receive({ stream: request.request, fileName })
}

async function fromForm<T>({ request }: HttpContext, receive: (upload: Upload) => Promise<T>): Promise<T> {
  let received: { value: T } | null = null
  let failure: unknown = null
  request.multipart.onFile('file', {}, async (part) => {
    try {
      received = { value: await receive({ stream: part, fileName: part.filename ?? 'list.csv' }) }
    } catch (error) {
      failure = error
      part.resume()
    }
  })
  request.multipart.onFile('*', {}, async (part) => {
    part.resume()
  })
  await request.multipart.process({ limit: MAX_FILE_BYTES + 1_000_000 })
  if (failure) throw failure
  if (received === null) {
    throw new UnreadableFile('The form has no file. Send it as the part "file".', { field: 'file' })
  }
  return (received as { value: T }).value
}
