import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { from as copyFrom } from 'pg-copy-streams'
import type { Answer } from './answers.ts'
import type { LoneNo, Lot } from './read_lots.ts'
import { textColumns, type ImportedPerson } from './read_person.ts'

const ROWS_A_WRITE = 500

/**
 * The people of a lot in a temporary table of this transaction, by COPY. A new contact's id is drawn on the way in; who is
 * known gets theirs from `match`. `fate` tells what becomes of each: new, changed, unchanged, rejected, duplicate; `refused` are
 * no people, but noes of rows that were refused when they were read.
 */
export async function stageLot(lot: Pick<Lot, 'people' | 'noes'>, tags: string[], trx: TransactionClientContract) {
  await trx.rawQuery(`
    create temporary table import_staging (
      line int not null,
      email text,
      email_key text collate "C",
      email_hash bytea,
      ${textColumns.map((column) => `${column} text`).join(', ')},
      attributes jsonb not null,
      tag_keys text[],
      may_measure boolean,
      answers boolean[],
      answers_before boolean[],
      agreed_at timestamptz,
      is_repeat boolean not null,
      contact_id bigint not null default nextval(pg_get_serial_sequence('contacts', 'id')),
      is_known boolean not null default false,
      fate text not null
    ) on commit drop`)
  await copy(lot, tags, trx)
  // what lots are joined by; statistics of the rest would cost as much as the copy
  await trx.rawQuery('analyze import_staging (line, email_key, external_id, contact_id, fate)')
}

async function copy({ people, noes }: Pick<Lot, 'people' | 'noes'>, tags: string[], trx: TransactionClientContract) {
  const columns = `line, email, email_key, email_hash, ${textColumns.join(', ')}, attributes, tag_keys, may_measure, answers, answers_before, agreed_at, is_repeat, fate`
  const connection = await (trx.knexClient as any).client.acquireConnection()
  const stream = connection.query(copyFrom(`copy import_staging (${columns}) from stdin`))
  const done = finished(stream)
  const everyonesTags = tags.map((tag) => tag.toLowerCase())
  const write = async <One>(all: One[], line: (one: One) => string) => {
    for (let i = 0; i < all.length; i += ROWS_A_WRITE) {
      const lines = all.slice(i, i + ROWS_A_WRITE).map(line)
      if (!stream.write(lines.join(''))) await Promise.race([once(stream, 'drain'), done])
    }
  }
  await write(people, (person) => copyLine(person, everyonesTags))
  await write(noes, noLine)
  stream.end()
  await done
}

function copyLine(person: ImportedPerson, everyonesTags: string[]): string {
  const tags = [...new Set([...everyonesTags, ...person.tags.map((tag) => tag.toLowerCase())])]
  const cells = [
    String(person.line),
    text(person.email),
    text(person.emailKey),
    hash(person.emailHash),
    ...textColumns.map((column) => text(person.texts[column] ?? null)),
    escaped(JSON.stringify(person.attributes)),
    tags.length === 0 ? '\\N' : escaped(arrayLiteral(tags)),
    flag(person.mayMeasure),
    answers(person.answers),
    answers(person.answersBefore),
    text(person.agreedAt),
    flag(person.isRepeat),
    'new',
  ]
  return `${cells.join('\t')}\n`
}

function noLine(no: LoneNo): string {
  const texts = textColumns.map((column) => text(column === 'external_id' ? no.externalId : null))
  const cells = [
    ...[String(no.line), '\\N', text(no.emailKey), hash(no.emailHash), ...texts, '{}', '\\N'],
    ...[flag(no.mayMeasure), answers(no.answers), answers(no.answersBefore), '\\N', flag(no.isRepeat), 'refused'],
  ]
  return `${cells.join('\t')}\n`
}

const text = (value: string | null) => (value === null ? '\\N' : escaped(value))

const hash = (hex: string | null) => (hex === null ? '\\N' : `\\\\x${hex}`)

const flag = (value: boolean | null) => (value === null ? '\\N' : value ? 't' : 'f')

const special = /[\\\t\n\r]/
const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
const escaped = (value: string) => (special.test(value) ? value.replace(/[\\\t\n\r]/g, (sign) => escapes[sign]) : value)

const answers = (said: Answer[] | null) =>
  said === null ? '\\N' : `{${said.map((one) => (one === null ? 'NULL' : one ? 't' : 'f')).join(',')}}`

const arrayLiteral = (values: string[]) =>
  `{${values.map((value) => `"${value.replace(/[\\"]/g, '\\$&')}"`).join(',')}}`
