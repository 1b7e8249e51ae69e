import type { QueryClientContract } from '@adonisjs/lucid/types/database'

type Client = Pick<QueryClientContract, 'rawQuery'>

/**
 * What is not taken along, beside unlogged tables, which tell of the present only. Migrations: those of the other database
 * have run there. Sessions: whoever was signed out since then must not be signed in again.
 */
const LEFT_OUT = ['adonis_schema', 'adonis_schema_versions', 'sessions']

export interface Table {
  name: string
  columns: { name: string; type: string }[]
}

/** Partitioned ones as one table. */
export async function tablesOf(client: Client): Promise<Table[]> {
  const { rows } = await client.rawQuery(
    `select relname as name, json_agg(json_build_object('name', attname, 'type', format_type(atttypid, atttypmod)) order by attname) as columns
     from pg_class join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped and attgenerated = ''
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition and relpersistence = 'p'
       and relname <> all(?::text[])
     group by relname order by relname`,
    [LEFT_OUT] as any[]
  )
  return rows
}

export async function sequencesOf(client: Client): Promise<{ name: string; last: string | null }[]> {
  const { rows } = await client.rawQuery(
    `select sequencename as name, last_value::text as last from pg_sequences
     where schemaname = 'public' and sequencename not like 'adonis%' order by sequencename`
  )
  return rows
}

/** Months that have partitions, as their first days. */
export async function monthsOf(client: Client): Promise<string[]> {
  const { rows } = await client.rawQuery(
    `select distinct to_char(to_date(right(relname, 6), 'YYYYMM'), 'YYYY-MM-DD') as month from pg_class
     where relnamespace = 'partitions'::regnamespace and relkind = 'r' and relname ~ '_[0-9]{6}$' order by month`
  )
  return rows.map(({ month }: { month: string }) => month)
}

export async function migrationsOf(client: Client): Promise<string[]> {
  const { rows } = await client.rawQuery('select name from adonis_schema order by name')
  return rows.map(({ name }: { name: string }) => name.split('/').at(-1)!)
}

/** Values as text that every PostgreSQL since 16 reads in the same way, whatever the role or the server prefers. */
export async function speakPlainly(client: Client) {
  await client.rawQuery(
    `set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres'; set local timezone = 'UTC'; set local bytea_output = 'hex';
     set local extra_float_digits = 1; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0`
  )
}

export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`
export const columnList = ({ columns }: Table) => columns.map(({ name }) => quoted(name)).join(', ')
