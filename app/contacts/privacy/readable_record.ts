import type { RecordWords } from './record_words.ts'

export interface RecordSection {
  title: string
  /** Each a list of facts; one for a section that is no list. */
  items: { name: string; value: string }[][]
}

/** A person's record for people to read: every fact of the export with its name, nothing left out but what is empty. */
export function readableRecord(record: Record<string, unknown>, words: RecordWords): RecordSection[] {
  const sectionOf = (name: string, value: unknown): RecordSection => ({
    title: words.section(name),
    items: (Array.isArray(value) ? value : [value]).map((item) => factsOf(item, words)),
  })
  return Object.entries(record)
    .filter(([, value]) => typeof value === 'object' && value !== null)
    .flatMap(([name, value]) =>
      name === 'consents'
        ? Object.entries(value as object).map(([part, rows]) => sectionOf(`consents_${part}`, rows))
        : [sectionOf(name, value)]
    )
}

/** What stands below these is the team's, the form's or the mail's own: its names are shown as they are. */
const OTHERS_NAMES = ['after', 'attributes', 'before', 'details', 'merge', 'raw', 'signals']

interface Place {
  /** The whole name of a fact so far. */
  name: string
  key: string
  isOthers: boolean
}

const factsOf = (value: unknown, words: RecordWords) => facts(value, { name: '', key: '', isOthers: false }, words)

function facts(value: unknown, at: Place, words: RecordWords): { name: string; value: string }[] {
  if (value === null || value === undefined || value === '') return []
  if (Array.isArray(value)) return listed(value, at, words)
  if (typeof value === 'object' && !(value instanceof Date)) {
    return Object.entries(value).flatMap(([key, one]) => facts(one, below(at, key, words), words))
  }
  return [{ name: at.name, value: at.isOthers ? own(value, words) : words.value(at.key, value) }]
}

function listed(values: unknown[], at: Place, words: RecordWords) {
  if (values.length === 0) return []
  // why a proof is weak: the name says it, in the reader's language; its sentence is for the team
  if (at.key === 'weaknesses')
    return [{ name: at.name, value: values.map((one: any) => words.value(at.key, one.name)).join('; ') }]
  if (values.every((one) => typeof one !== 'object')) {
    return [
      {
        name: at.name,
        value: values.map((one) => (at.isOthers ? own(one, words) : words.value(at.key, one))).join(', '),
      },
    ]
  }
  return values.flatMap((one, i) => facts(one, { ...at, name: `${at.name} ${i + 1}` }, words))
}

function below(at: Place, key: string, words: RecordWords): Place {
  const called = at.isOthers ? key.replaceAll('_', ' ') : words.name(key)
  return {
    name: at.name ? `${at.name}, ${called}` : called,
    key,
    isOthers: at.isOthers || OTHERS_NAMES.includes(key),
  }
}

/** Whatever it is called: words that look like ours are not. */
const own = (value: unknown, words: RecordWords) => words.value('', value)
