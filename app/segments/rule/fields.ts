export type FieldType = 'text' | 'number' | 'boolean' | 'date' | 'datetime' | 'url' | 'choice' | 'multi_choice'

/** Something about a person that a rule may ask for. */
export interface Field {
  /** As rules write it: "first_name", "attributes.city". */
  name: string
  label: string
  type: FieldType
  /** Column of `contacts`; null for an attribute. */
  column: string | null
  /** Key in `contacts.attributes`; null for a column. */
  attribute: string | null
}

const column = (name: string, label: string, type: FieldType, of = name): Field => ({
  name,
  label,
  type,
  column: of,
  attribute: null,
})

/** The whitelist of columns: nothing else of `contacts` can be named by a rule. */
export const coreFields: Field[] = [
  column('email', 'Email', 'text', 'email_key'),
  column('first_name', 'First name', 'text'),
  column('last_name', 'Last name', 'text'),
  column('phone', 'Phone', 'text'),
  column('external_id', 'External id', 'text'),
  column('locale', 'Locale', 'text'),
  column('timezone', 'Time zone', 'text'),
  column('created_at', 'Created', 'datetime'),
  column('updated_at', 'Updated', 'datetime'),
  column('origin', 'Origin', 'choice'),
]

export const attributeField = (key: string, label: string, type: FieldType): Field => ({
  name: `attributes.${key}`,
  label,
  type,
  column: null,
  attribute: key,
})
