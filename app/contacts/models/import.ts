import { compose } from '@adonisjs/core/helpers'
import { ImportSchema } from '#database/schema'
import { OfWorkspace } from '#platform'
import type { ImportColumn } from '../imports/analyse_file.ts'
import type { ImportCounts } from '../imports/counts.ts'
import type { ImportOptions } from '../imports/options.ts'

export const importStatuses = ['uploading', 'analysed', 'running', 'done', 'failed', 'undone'] as const
export type ImportStatus = (typeof importStatuses)[number]

/** A file of people on its way in: stored, looked at, taken in, and perhaps taken back. */
export class Import extends compose(ImportSchema, OfWorkspace) {
  static table = 'imports'

  declare status: ImportStatus
  declare columns: ImportColumn[]
  declare counts: Partial<ImportCounts>
  declare options: ImportOptions | null

  get isAnalysed() {
    return this.status === 'analysed'
  }

  get isOver() {
    return this.status === 'done' || this.status === 'failed'
  }
}
