import { DateTime } from 'luxon'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { cleanLine, cleanText } from '#platform'
import { InvalidContact } from './errors.ts'

export const fieldTypes = ['text', 'number', 'boolean', 'date', 'datetime', 'url', 'choice', 'multi_choice'] as const
export type FieldType = (typeof fieldTypes)[number]

export interface FieldDefinition {
  key: string
  label: string
  type: FieldType
  choices: string[] | null
}

export async function fieldsOf(workspaceId: number, client: QueryClientContract): Promise<FieldDefinition[]> {
  return client
    .from('contact_fields')
    .where('workspace_id', workspaceId)
    .orderBy('id')
    .select('key', 'label', 'type', 'choices')
}

const TEXT_LIMIT = 5000

/**
 * A value as its field keeps it: numbers as numbers, dates as YYYY-MM-DD, times as UTC with milliseconds (so that text
 * order is time order), choices spelled as defined. Takes what people and files write ("3.5", "yes", "a; b").
 *
 * @returns the value, null for "nothing" (null, blank), or `{ problem }`: half a sentence that says what it must be
 */
export function readAttribute(field: FieldDefinition, value: unknown): { value: unknown } | { problem: string } {
  if (value === null || (typeof value === 'string' && value.trim() === '')) return { value: null }
  return readers[field.type](value, field)
}

type Reader = (value: unknown, field: FieldDefinition) => { value: unknown } | { problem: string }

const readers: Record<FieldType, Reader> = {
  text: (value) => {
    if (typeof value === 'number' || typeof value === 'boolean') return { value: String(value) }
    if (typeof value !== 'string') return { problem: 'must be text' }
    const clean = cleanText(value)
    return clean.length > TEXT_LIMIT
      ? { problem: `must have at most ${TEXT_LIMIT} characters` }
      : { value: clean || null }
  },
  number: (value) => {
    const number =
      typeof value === 'string' && /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(value) ? Number(value) : value
    return typeof number === 'number' && Number.isFinite(number)
      ? { value: number }
      : { problem: 'must be a number, like 12 or 3.5' }
  },
  boolean: (value) => {
    const word = String(value).trim().toLowerCase()
    if (['true', 'yes', '1'].includes(word)) return { value: true }
    return ['false', 'no', '0'].includes(word) ? { value: false } : { problem: 'must be true or false' }
  },
  date: (value) => {
    const date =
      typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value.trim()) ? DateTime.fromISO(value.trim()) : null
    return date?.isValid && date.year > 0 ? { value: date.toISODate() } : { problem: 'must be a date like 2026-11-20' }
  },
  datetime: (value) => {
    const moment =
      typeof value === 'string' && /^\d{4}-\d{2}-\d{2}([T ]|$)/.test(value.trim())
        ? DateTime.fromISO(value.trim().replace(' ', 'T'), { zone: 'utc' })
        : null
    return moment?.isValid && moment.year > 0
      ? { value: moment.toUTC().toISO() }
      : { problem: 'must be a time like 2026-11-20T09:30:00Z' }
  },
  url: (value) => {
    const url = typeof value === 'string' && value.length <= 2000 ? cleanLine(value) : ''
    return /^https?:\/\//i.test(url) && URL.canParse(url)
      ? { value: url }
      : { problem: 'must be an address that begins with https:// or http://' }
  },
  choice: (value, { choices }) => {
    const choice = chosen(value, choices)
    return choice === undefined ? { problem: `must be one of: ${(choices ?? []).join(', ')}` } : { value: choice }
  },
  multi_choice: (value, { choices }) => {
    const given = Array.isArray(value) ? value : String(value).split(';')
    const picked = given.filter((item) => String(item).trim() !== '').map((item) => chosen(item, choices))
    if (typeof value === 'object' && !Array.isArray(value)) return { problem: 'must be a list' }
    if (picked.includes(undefined)) return { problem: `may hold only: ${(choices ?? []).join(', ')}` }
    return picked.length ? { value: (choices ?? []).filter((choice) => picked.includes(choice)) } : { value: null }
  },
}

function chosen(value: unknown, choices: string[] | null): string | undefined {
  const word = cleanLine(String(value)).toLowerCase()
  return (choices ?? []).find((choice) => choice.toLowerCase() === word)
}

/**
 * Attributes as a request gives them: those to set, normalised, and those to remove (null or blank).
 *
 * @throws InvalidContact (422) naming `attributes.key`
 */
export function readAttributes(fields: FieldDefinition[], attributes: Record<string, unknown>) {
  const set: Record<string, unknown> = {}
  const remove: string[] = []
  for (const [key, given] of Object.entries(attributes)) {
    const field = fields.find((known) => known.key === key)
    const at = `attributes.${cleanLine(key).slice(0, 100)}`
    if (!field) {
      throw new InvalidContact(
        `There is no field with this key. Add it under Fields (POST /fields), or use one of: ${fields.map((known) => known.key).join(', ') || 'none yet'}.`,
        { field: at }
      )
    }
    const read = readAttribute(field, given)
    if ('problem' in read) throw new InvalidContact(`${field.label} ${read.problem}.`, { field: at })
    if (read.value === null) remove.push(key)
    else set[key] = read.value
  }
  return { set, remove }
}
