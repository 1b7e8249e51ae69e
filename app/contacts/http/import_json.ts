import type { Import } from '../models/import.ts'

/** An import as API.md shows it: what was found in the file, and how far it is. */
export const importJson = (file: Import) => ({
  id: String(file.id),
  status: file.status,
  file_name: file.fileName,
  file_bytes: file.fileBytes,
  encoding: file.encoding,
  delimiter: file.delimiter,
  columns: file.columns,
  rows_estimate: file.rowsEstimate,
  options: file.options,
  counts: file.counts,
  rows_done: file.rowsDone,
  rows_total: file.rowsTotal,
  error: file.error,
  created_by: file.createdBy,
  created_at: file.createdAt.toUTC().toISO()!,
  started_at: file.startedAt?.toUTC().toISO() ?? null,
  finished_at: file.finishedAt?.toUTC().toISO() ?? null,
  settled_at: file.settledAt?.toUTC().toISO() ?? null,
})
