import { DateTime } from 'luxon'
import { InvalidRule } from '../errors.ts'
import type { Field, FieldType } from './fields.ts'
import type { Operator } from './operators.ts'

/** A moment, or a whole day of the workspace's time zone: from `from` until just before `to`. */
export interface Span {
  from: string
  to: string
  isDay: boolean
  /** As the rule said it. */
  given: string
}
export type One = string | number | boolean | Span
export type Value = One | One[] | null

const MAX_TEXT = 1000
const MAX_LIST = 1000
const MAX_DAYS = 36_500
const ANNIVERSARY_DAYS = 366

/** A leaf's value in the shape that its operator and its field's type ask for; anything else is refused by path. */
export function readValue(raw: unknown, op: Operator, field: Field, path: string, timezone: string): Value {
  const one = (value: unknown, at: string) => readOne[field.type](value, at, timezone)
  switch (op) {
    case 'is_set':
    case 'is_not_set':
      if (raw !== undefined && raw !== null)
        throw new InvalidRule(`${op} takes no value. Leave it out.`, { field: path })
      return null
    case 'in':
    case 'not_in':
      return readList(raw, path, one)
    case 'between':
      return readPair(raw, path, one)
    case 'in_last_days':
    case 'in_next_days':
      return readDays(raw, path, MAX_DAYS)
    case 'anniversary_in_days':
      return readDays(raw, path, ANNIVERSARY_DAYS)
    default:
      return one(raw, path)
  }
}

type ReadOne = (raw: unknown, path: string, timezone: string) => One

const readOne: Record<FieldType, ReadOne> = {
  text: readText,
  url: readText,
  choice: readText,
  multi_choice: readText,
  number: (raw, path) => {
    if (typeof raw === 'number' && Number.isFinite(raw)) return raw
    throw new InvalidRule('This field holds numbers: give a number, without quotes.', { field: path })
  },
  boolean: (raw, path) => {
    if (typeof raw === 'boolean') return raw
    throw new InvalidRule('This field holds yes or no: give true or false, without quotes.', { field: path })
  },
  date: (raw, path) => {
    if (isDay(raw)) return raw
    throw new InvalidRule('This field holds dates: give one as "2026-10-03".', { field: path })
  },
  datetime: readSpan,
}

/** Text that PostgreSQL can hold: no NUL, no half of a surrogate pair. */
export function readText(raw: unknown, path: string): string {
  if (typeof raw !== 'string') throw new InvalidRule('This needs a text in quotes.', { field: path })
  if (raw === '')
    throw new InvalidRule('The text is empty. To ask for missing values, use is_not_set.', { field: path })
  if (raw.length > MAX_TEXT) throw new InvalidRule(`The text is longer than ${MAX_TEXT} characters.`, { field: path })
  if (raw.includes('\0') || !raw.isWellFormed()) {
    throw new InvalidRule('The text holds a character that cannot be stored (NUL or half of a pair).', { field: path })
  }
  return raw
}

function readList(raw: unknown, path: string, one: (value: unknown, at: string) => One): One[] {
  if (!Array.isArray(raw) || raw.length === 0 || raw.length > MAX_LIST) {
    throw new InvalidRule(`This operator needs a list of 1 to ${MAX_LIST} values.`, { field: path })
  }
  return raw.map((value, i) => one(value, `${path}[${i}]`))
}

function readPair(raw: unknown, path: string, one: (value: unknown, at: string) => One): One[] {
  if (!Array.isArray(raw) || raw.length !== 2) {
    throw new InvalidRule('between needs a list of two values: the first and the last.', { field: path })
  }
  const pair = raw.map((value, i) => one(value, `${path}[${i}]`))
  const [first, last] = pair.map((value) => (typeof value === 'object' ? value.from : value))
  if (first > last) throw new InvalidRule('The first value is after the last one. Swap them.', { field: path })
  return pair
}

export function readDays(raw: unknown, path: string, max = MAX_DAYS): number {
  if (Number.isInteger(raw) && (raw as number) >= 0 && (raw as number) <= max) return raw as number
  throw new InvalidRule(`This needs a whole number of days from 0 to ${max}.`, { field: path })
}

const isDay = (raw: unknown): raw is string =>
  typeof raw === 'string' && /^\d{4}-\d\d-\d\d$/.test(raw) && raw > '0001' && DateTime.fromISO(raw).isValid

function readSpan(raw: unknown, path: string, timezone: string): Span {
  if (isDay(raw)) {
    const start = DateTime.fromISO(raw, { zone: timezone })
    return { from: iso(start), to: iso(start.plus({ days: 1 })), isDay: true, given: raw }
  }
  const moment =
    typeof raw === 'string' && /^\d{4}-\d\d-\d\dT/.test(raw) ? DateTime.fromISO(raw, { zone: timezone }) : null
  if (!moment?.isValid || moment.toUTC().year < 1 || moment.toUTC().year > 9999) {
    throw new InvalidRule('This field holds moments: give one as "2026-10-03T09:00:00Z", or a day as "2026-10-03".', {
      field: path,
    })
  }
  return { from: iso(moment), to: iso(moment), isDay: false, given: raw as string }
}

const iso = (moment: DateTime) => moment.toUTC().toISO()!
