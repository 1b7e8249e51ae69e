import { aging } from '#platform'

/** Files that nobody imported. */
export const keptFiles = aging({
  table: 'imports',
  key: { id: 'bigint' },
  at: 'r.created_at',
  holds: `r.status = 'analysed'`,
  forget: 'delete',
  also: ['delete from import_pieces p using due where p.workspace_id = due.workspace_id and p.import_id = due.id'],
})

/** Files whose import failed. */
export const keptFailedFiles = aging({
  table: 'imports',
  key: { id: 'bigint' },
  at: 'r.finished_at',
  holds: `r.status = 'failed' and exists (
    select from import_pieces p where p.workspace_id = r.workspace_id and p.import_id = r.id)`,
  forget: null,
  also: ['delete from import_pieces p using due where p.workspace_id = due.workspace_id and p.import_id = due.id'],
})

/** The first values of each column, which were shown when it was mapped. */
export const keptSamples = aging({
  table: 'imports',
  key: { id: 'bigint' },
  at: 'coalesce(r.finished_at, r.updated_at)',
  holds: `r.status in ('done', 'failed', 'undone') and jsonb_path_exists(r.columns, '$[*].sample[*]')`,
  forget: {
    set: `columns = (select jsonb_agg(c || '{"sample": []}' order by no)
      from jsonb_array_elements(r.columns) with ordinality as columns (c, no))`,
  },
})

const FINISHED = '(select i.finished_at from imports i where i.workspace_id = r.workspace_id and i.id = r.import_id)'

/** Rows that an import refused, as they came; how many there were stays. */
export const keptRejects = aging({
  table: 'import_rows',
  key: { import_id: 'bigint', line: 'int' },
  at: FINISHED,
  holds: `r.outcome = 'rejected'`,
  forget: 'delete',
})

/** What was there before an import changed it. Without it the import stands: it can be undone no more. */
export const keptChanges = aging({
  table: 'import_rows',
  key: { import_id: 'bigint', line: 'int' },
  at: FINISHED,
  holds: `r.outcome <> 'rejected' and (r.before is not null or r.after is not null)`,
  forget: { set: 'before = null, after = null' },
  also: [
    `update imports i set settled_at = coalesce(settled_at, now())
     from (select distinct workspace_id, import_id from due) as d where i.workspace_id = d.workspace_id and i.id = d.import_id`,
  ],
})

/** What colleagues noted on requests that are settled. What was asked and done stays: it is the proof that it was. */
export const keptNotes = aging({
  table: 'privacy_requests',
  key: { id: 'bigint' },
  at: 'r.settled_at',
  holds: `r.note is not null and r.state <> 'open'`,
  forget: { set: 'note = null' },
})
