import { IANAZone } from 'luxon'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { addressHash, addressKey } from '#consent'
import { cleanLine } from '#platform'
import { fieldsOf, readAttributes } from './attributes.ts'
import { InvalidContact } from './errors.ts'

/** A person as they are told to us (API.md's names). Absent: untouched. Null or blank: removed. */
export interface ContactInput {
  email?: string | null
  phone?: string | null
  external_id?: string | null
  first_name?: string | null
  last_name?: string | null
  locale?: string | null
  timezone?: string | null
  attributes?: Record<string, unknown> | null
  tags?: string[] | null
}

/**
 * The columns of `contacts` that an input sets, each in its normal form, and its attributes checked against the
 * workspace's fields.
 *
 * @throws InvalidAddress, InvalidContact (422) naming the field
 */
export async function readContact(workspaceId: number, input: ContactInput, client: QueryClientContract) {
  const columns: Record<string, string | Buffer | null> = {}
  if (input.email !== undefined) Object.assign(columns, addressColumns(workspaceId, input.email))
  for (const [name, read] of Object.entries(readers)) {
    const given = input[name as keyof typeof readers]
    if (given !== undefined) columns[name] = given === null || given.trim() === '' ? null : read(given)
  }
  const attributes = input.attributes ?? {}
  const fields = Object.keys(attributes).length ? await fieldsOf(workspaceId, client) : []
  return { columns, attributes: readAttributes(fields, attributes), tags: input.tags ?? undefined }
}

/** The three columns that belong to an address, as given and as compared. */
function addressColumns(workspaceId: number, email: string | null) {
  if (email === null || email.trim() === '') return { email: null, email_key: null, email_hash: null }
  const key = addressKey(email)
  return { email: email.trim(), email_key: key, email_hash: addressHash(workspaceId, key) }
}

const limited = (label: string, field: string, max: number) => (value: string) => {
  const clean = cleanLine(value)
  if (clean.length > max) throw new InvalidContact(`${label} may have at most ${max} characters.`, { field })
  return clean || null
}

export const readers = {
  first_name: limited('The first name', 'first_name', 200),
  last_name: limited('The last name', 'last_name', 200),
  external_id: limited('The external id', 'external_id', 200),
  phone: readPhone,
  locale: readLocale,
  timezone: readTimezone,
}

/** E.164: a plus, the country code, at most 15 digits. Blanks, dots, dashes and brackets between them are decoration. */
function readPhone(given: string): string {
  const digits = cleanLine(given)
    .replace(/[\s().\-/]/g, '')
    .replace(/^00/, '+')
  if (!/^\+[1-9]\d{6,14}$/.test(digits)) {
    throw new InvalidContact('Write the phone number with its country code, like +44 117 496 0000.', { field: 'phone' })
  }
  return digits
}

/** BCP 47, in its canonical spelling: de_at becomes de-AT. */
function readLocale(given: string): string {
  try {
    return Intl.getCanonicalLocales(given.trim().replaceAll('_', '-'))[0]
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new InvalidContact('Write the language as a tag, like en, de-AT or pt-BR.', { field: 'locale' })
  }
}

function readTimezone(given: string): string {
  const zone = given.trim()
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]{1,63}$/.test(zone) || !IANAZone.isValidZone(zone)) {
    throw new InvalidContact('Write the time zone by its IANA name, like Europe/Vienna.', { field: 'timezone' })
  }
  return zone
}
