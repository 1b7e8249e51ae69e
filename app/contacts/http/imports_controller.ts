import { Readable } from 'node:stream'
import type { HttpContext } from '@adonisjs/core/http'
import { keysetPage, pageRequest } from '#platform'
import { columnValues } from '../imports/column_values.ts'
import { deleteImport } from '../imports/delete_import.ts'
import { previewImport } from '../imports/preview_import.ts'
import { receiveFile } from '../imports/receive_file.ts'
import { rejectsCsv } from '../imports/rejects_csv.ts'
import { startImport } from '../imports/start_import.ts'
import { undoImport } from '../imports/undo_import.ts'
import { Import } from '../models/import.ts'
import { importJson } from './import_json.ts'
import { columnValuesValidator, importOptionsValidator } from './imports_validator.ts'
import { uploadedFile } from './uploaded_file.ts'

/** `/imports`: a file comes in, is looked at, previewed, started, followed, and perhaps undone. */
export default class ImportsController {
  static uploads = ['store']

  async index(ctx: HttpContext) {
    return keysetPage(Import.of(ctx.workspace).whereNot('status', 'uploading'), {
      ...pageRequest(ctx),
      sort: [{ column: 'id', direction: 'desc', value: (file: Import) => file.id }],
      toJson: importJson,
    })
  }

  async store(ctx: HttpContext) {
    const file = await uploadedFile(ctx, ({ stream, fileName }) =>
      receiveFile({ workspaceId: ctx.workspace.id, stream, fileName, actor: ctx.actor })
    )
    return ctx.response.created(importJson(file))
  }

  async show({ params, workspace }: HttpContext) {
    return importJson(await found(workspace, params.id))
  }

  async values({ params, request, workspace }: HttpContext) {
    const file = await found(workspace, params.id)
    const { column } = await request.validateUsing(columnValuesValidator, { data: request.qs() })
    return columnValues({ file, column })
  }

  async preview({ params, request, workspace }: HttpContext) {
    const file = await found(workspace, params.id)
    return previewImport({ file, request: await request.validateUsing(importOptionsValidator) })
  }

  async start({ params, request, response, workspace, actor }: HttpContext) {
    const file = await found(workspace, params.id)
    const options = await request.validateUsing(importOptionsValidator)
    return response.accepted(importJson(await startImport({ file, request: options, actor })))
  }

  async undo({ params, workspace, actor }: HttpContext) {
    const file = await found(workspace, params.id)
    const undone = await undoImport({ file, actor })
    return { ...importJson(await file.refresh()), undone }
  }

  async destroy({ params, response, workspace, actor }: HttpContext) {
    await deleteImport({ file: await found(workspace, params.id), actor })
    return response.noContent()
  }

  async rejects({ params, response, workspace }: HttpContext) {
    const file = await found(workspace, params.id)
    response.header('content-type', 'text/csv; charset=utf-8')
    response.header('content-disposition', `attachment; filename="import-${file.id}-rejects.csv"`)
    response.header('cache-control', 'no-store')
    response.stream(Readable.from(rejectsCsv(file), { objectMode: false }))
  }
}

const found = (workspace: { id: number }, id: string) =>
  Import.of(workspace).whereNot('status', 'uploading').findOrFail(id)
