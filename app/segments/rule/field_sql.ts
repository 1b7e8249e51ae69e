import { type DateTime } from 'luxon'
import type { SqlPiece } from '#platform'
import type { Catalogue } from './catalogue.ts'
import type { Field } from './fields.ts'
import type { FieldLeaf } from './rule.ts'
import { joined, literally, raw, sql } from './sql.ts'
import type { One, Span } from './values.ts'

/** Up to here a list becomes one containment each, which the GIN index answers; longer ones are compared as text. */
const CONTAINMENTS = 20

/**
 * A condition on one field. True, or else false or null: whoever negates it must say coalesce(…, false). Casts never
 * raise, whatever the JSON holds: a value of another type than its field's is as good as missing.
 */
export function fieldSql(leaf: FieldLeaf, catalogue: Catalogue): SqlPiece {
  switch (leaf.op) {
    case 'neq':
      return sql`not coalesce(${fieldSql({ ...leaf, op: 'eq' }, catalogue)}, false)`
    case 'not_in':
      return sql`not coalesce(${fieldSql({ ...leaf, op: 'in' }, catalogue)}, false)`
    case 'is_not_set':
      return sql`not coalesce(${isSet(leaf.field)}, false)`
    case 'is_set':
      return isSet(leaf.field)
    default:
      return byType(leaf, catalogue)
  }
}

/** What the field holds, as the database sees it: for explanations. */
export function seenSql(field: Field): SqlPiece {
  if (field.attribute !== null) return sql`c.attributes->${field.attribute}::text`
  return field.name === 'email' ? raw('to_jsonb(c.email)') : raw(`to_jsonb(c.${field.column})`)
}

function isSet(field: Field): SqlPiece {
  if (field.type === 'multi_choice') return sql`coalesce(${text(field)}, '') not in ('', '[]')`
  if (field.column !== null && field.type === 'datetime') return raw(`c.${field.column} is not null`)
  return sql`coalesce(${text(field)}, '') <> ''`
}

const text = (field: Field): SqlPiece =>
  field.attribute === null ? raw(`c.${field.column}`) : sql`(c.attributes->>${field.attribute}::text)`

function byType(leaf: FieldLeaf, catalogue: Catalogue): SqlPiece {
  switch (leaf.field.type) {
    case 'number':
      return number(leaf)
    case 'boolean':
      return contained(leaf.field, leaf.value as boolean)
    case 'date':
      return date(leaf, catalogue)
    case 'datetime':
      return moment(leaf, catalogue)
    case 'multi_choice':
      return oneOf(
        leaf.field,
        listOf(leaf.value).map((choice) => [choice])
      )
    default:
      return words(leaf)
  }
}

const listOf = (value: FieldLeaf['value']): One[] => (Array.isArray(value) ? value : [value as One])

/** {"city": "Wien"} is part of the attributes: the question that the GIN index answers. */
const contained = (field: Field, value: unknown) =>
  sql`c.attributes @> ${JSON.stringify({ [field.attribute!]: value })}::jsonb`

const oneOf = (field: Field, values: unknown[]) =>
  sql`(${joined(
    values.map((value) => contained(field, value)),
    ' or '
  )})`

/** eq and in compare exactly (an address without its case); contains, starts_with and ends_with ignore case. */
function words({ field, op, value }: FieldLeaf): SqlPiece {
  const wanted = listOf(value).map((one) => (field.name === 'email' ? String(one).trim().toLowerCase() : String(one)))
  if (op === 'eq' || op === 'in') {
    if (field.attribute !== null && wanted.length <= CONTAINMENTS) return oneOf(field, wanted)
    return sql`${text(field)} = any(${wanted}::text[])`
  }
  const part = literally(wanted[0])
  const pattern = { contains: `%${part}%`, starts_with: `${part}%`, ends_with: `%${part}` }[op as 'contains']
  return sql`${text(field)} ilike ${pattern}`
}

function number({ field, op, value }: FieldLeaf): SqlPiece {
  if (op === 'eq' || op === 'in') return oneOf(field, listOf(value))
  const held = sql`(c.attributes->${field.attribute!}::text)`
  const [first, last] = listOf(value).map((one) => JSON.stringify(one))
  const holds =
    op === 'between'
      ? sql`${held} between ${first}::jsonb and ${last}::jsonb`
      : sql`${held} ${raw(comparison[op as 'gt'])} ${first}::jsonb`
  return sql`(jsonb_typeof${held} = 'number' and ${holds})`
}

const comparison = { gt: '>', gte: '>=', lt: '<', lte: '<=', after: '>', before: '<' } as const

/** Days are kept as "2026-10-03": in that form the order of texts is the order of days, and no cast can fail. */
function date({ field, op, value }: FieldLeaf, { now, timezone }: Catalogue): SqlPiece {
  if (op === 'eq') return contained(field, value)
  const held = sql`${text(field)} collate "C"`
  const today = now.setZone(timezone)
  const day = (days: number) => today.plus({ days }).toISODate()!
  const isDay = sql`${text(field)} like '____-__-__'`
  switch (op) {
    case 'between':
      return sql`(${isDay} and ${held} between ${(value as string[])[0]} and ${(value as string[])[1]})`
    case 'in_last_days':
      return sql`(${isDay} and ${held} between ${day(-(value as number))} and ${day(0)})`
    case 'in_next_days':
      return sql`(${isDay} and ${held} between ${day(0)} and ${day(value as number)})`
    case 'anniversary_in_days':
      return sql`(${isDay} and substr(${text(field)}, 6) = any(${anniversaries(today, value as number)}::text[]))`
    default:
      return sql`(${isDay} and ${held} ${raw(comparison[op as 'gt'])} ${value as string})`
  }
}

/** A day given for a moment stands for the whole day: "after 3 October" begins with the 4th. */
function moment({ field, op, value }: FieldLeaf, { now, timezone }: Catalogue): SqlPiece {
  const held = timestamp(field)
  const at = (days: number) => now.plus({ days }).toUTC().toISO()!
  switch (op) {
    case 'in_last_days':
      return sql`${held} between ${at(-(value as number))}::timestamptz and ${at(0)}::timestamptz`
    case 'in_next_days':
      return sql`${held} between ${at(0)}::timestamptz and ${at(value as number)}::timestamptz`
    case 'anniversary_in_days': {
      const days = anniversaries(now.setZone(timezone), value as number)
      return sql`to_char(${held} at time zone ${timezone}, 'MM-DD') = any(${days}::text[])`
    }
    case 'between': {
      const [first, last] = value as Span[]
      return sql`(${since(held, first)} and ${notAfter(held, last)})`
    }
    default:
      return compared(held, op, value as Span)
  }
}

function compared(held: SqlPiece, op: FieldLeaf['op'], span: Span): SqlPiece {
  if (op === 'gte') return since(held, span)
  if (op === 'lte') return notAfter(held, span)
  if (op === 'eq') return sql`(${since(held, span)} and ${notAfter(held, span)})`
  if (op === 'lt' || op === 'before') return sql`${held} < ${span.from}::timestamptz`
  return span.isDay ? sql`${held} >= ${span.to}::timestamptz` : sql`${held} > ${span.to}::timestamptz`
}

const since = (held: SqlPiece, { from }: Span) => sql`${held} >= ${from}::timestamptz`
const notAfter = (held: SqlPiece, { to, isDay }: Span) =>
  isDay ? sql`${held} < ${to}::timestamptz` : sql`${held} <= ${to}::timestamptz`

function timestamp(field: Field): SqlPiece {
  if (field.column !== null) return raw(`c.${field.column}`)
  return sql`(case when pg_input_is_valid(${text(field)}, 'timestamptz') then ${text(field)}::timestamptz end)`
}

/** "MM-DD" of today and of the days until then; whoever was born on 29 February celebrates on the 28th in other years. */
function anniversaries(today: DateTime, days: number): string[] {
  return Array.from({ length: days + 1 }, (_, i) => today.plus({ days: i })).flatMap((day) => {
    const name = day.toFormat('MM-dd')
    return name === '02-28' && !day.isInLeapYear ? [name, '02-29'] : [name]
  })
}
