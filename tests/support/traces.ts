import db from '@adonisjs/lucid/services/db'

/**
 * Every row of every table, also those of the job queue, as text (bytes as hexadecimal digits), of this workspace where the table says so: where a trace
 * is found.
 */
export async function tracesOf(workspaceId: number, words: string[]): Promise<string[]> {
  const { rows: tables } = await db.rawQuery(
    `select quote_ident(t.table_schema) || '.' || quote_ident(t.table_name) as name, exists (
       select from information_schema.columns c where c.table_schema = t.table_schema and c.table_name = t.table_name
         and c.column_name = 'workspace_id') as of_workspace
     from information_schema.tables t
     where t.table_schema not in ('pg_catalog', 'information_schema') and t.table_type = 'BASE TABLE' order by 1`
  )
  const inHex = (word: string) => Buffer.from(word).toString('hex')
  const signs = words.flatMap((word) => [word, inHex(word), inHex(word[0].toUpperCase() + word.slice(1))])
  const found: string[] = []
  for (const { name, of_workspace: isOf } of tables) {
    const { rows } = await db.rawQuery(
      `select w.word, count(*)::int as n from ${name} t
       join unnest(?::text[]) as w (word) on position(w.word in lower(t::text)) > 0
       ${isOf ? 'where t.workspace_id = ?' : ''} group by 1`,
      isOf ? [signs, workspaceId] : ([signs] as any[])
    )
    found.push(...rows.map(({ word, n }: any) => `${name}: ${word} (${n})`))
  }
  return found
}
