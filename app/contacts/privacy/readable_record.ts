export interface RecordSection {
  title: string
  /** Each a list of facts; one for a section that is no list. */
  items: { name: string; value: string }[][]
}

/** A person's record for people to read: every fact of the export with its name, nothing left out but what is empty. */
export function readableRecord(record: Record<string, unknown>): RecordSection[] {
  return Object.entries(record)
    .filter(([, value]) => typeof value === 'object' && value !== null)
    .flatMap(([name, value]) =>
      name === 'consents'
        ? Object.entries(value as object).map(([part, rows]) => sectionOf(`consents: ${part}`, rows))
        : [sectionOf(name, value)]
    )
}

const sectionOf = (name: string, value: unknown): RecordSection => ({
  title: words(name),
  items: (Array.isArray(value) ? value : [value]).map((item) => facts(item, '')),
})

function facts(value: unknown, name: string): { name: string; value: string }[] {
  if (value === null || value === undefined || value === '') return []
  if (value instanceof Date) return [{ name, value: value.toISOString() }]
  if (Array.isArray(value)) {
    if (value.length === 0) return []
    if (value.every((one) => typeof one !== 'object')) return [{ name, value: value.join(', ') }]
    return value.flatMap((one, i) => facts(one, `${name} ${i + 1}`))
  }
  if (typeof value !== 'object') return [{ name, value: String(value) }]
  return Object.entries(value).flatMap(([key, one]) => facts(one, name ? `${name}, ${words(key)}` : words(key)))
}

const words = (name: string) => name.replaceAll('_', ' ')
