/** The columns of a contact that a text may name. */
export const personColumns = ['email', 'phone', 'external_id', 'first_name', 'last_name', 'locale', 'timezone'] as const

/**
 * What a message knows of its reader: `{{ contact.first_name }}`, custom fields beside the columns
 * (`{{ contact.city }}`). Takes a row of `contacts` as the database gives it; nulls are empty, so that `default:` works.
 */
export function personVars(row: { attributes?: Record<string, unknown> | null; [column: string]: unknown }) {
  const own = Object.fromEntries(personColumns.map((column) => [column, row[column] ?? null]))
  return { contact: { ...(row.attributes ?? {}), ...own } as Record<string, unknown> }
}
