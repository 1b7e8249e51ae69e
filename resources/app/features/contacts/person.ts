/** A contact as lists and pickers know it. */
export interface Person {
  id: string
  email: string | null
  phone: string | null
  external_id: string | null
  first_name: string | null
  last_name: string | null
}

export interface ContactRecord extends Person {
  locale: string | null
  timezone: string | null
  attributes: Record<string, unknown>
  tags: string[]
  created_at: string
  updated_at: string
}

/** What to call somebody: their name, or the best of what else is known. */
export function nameOf({
  id,
  first_name: first,
  last_name: last,
  email,
  phone,
  external_id: external,
}: Person): string {
  const name = [first, last].filter(Boolean).join(' ')
  return name || email || phone || external || `#${id}`
}

/** Name and address, for lists in which two people may share a name. */
export function nameAndAddress(person: Person): string {
  const name = nameOf(person)
  return person.email && person.email !== name ? `${name} · ${person.email}` : name
}
