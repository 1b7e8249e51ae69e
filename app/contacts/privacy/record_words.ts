import i18nManager from '@adonisjs/i18n/services/main'
import { DateTime } from 'luxon'

/** How a record is said to the person whose it is (resources/lang/LANGUAGE/record.json). */
export interface RecordWords {
  language: string
  t: (key: string, data?: Record<string, string | number>) => string
  /** `consents: state`, `sign_ups` → as people call it; what nobody named: its own name. */
  section: (name: string) => string
  /** The name of a fact; a field that a team made keeps its own. */
  name: (key: string) => string
  /** What a word of ours means (`granted`), a moment, yes and no; anything else as it is. */
  value: (key: string, value: unknown) => string
}

/** The first of the wishes (the person's language, the workspace's) that we speak; else English. */
export function recordWords(wishes: (string | null | undefined)[]): RecordWords {
  const codes = wishes.flatMap((wish) => wish?.slice(0, 2).toLowerCase() ?? [])
  const spoken = i18nManager.supportedLocales()
  const language = codes.find((code) => spoken.includes(code)) ?? 'en'
  const i18n = i18nManager.locale(language)
  const said = (key: string, otherwise: string) =>
    i18n.hasMessage(`record.${key}`) || i18n.hasFallbackMessage(`record.${key}`) ? i18n.t(`record.${key}`) : otherwise
  return {
    language,
    t: (key, data) => i18n.t(`record.${key}`, data),
    section: (name) => said(`sections.${name}`, plain(name)),
    name: (key) => said(`names.${key}`, plain(key)),
    value: (key, value) => {
      if (typeof value === 'boolean') return i18n.t(`record.${value ? 'yes' : 'no'}`)
      const text = value instanceof Date ? value.toISOString() : String(value)
      if (MOMENT.test(text)) return moment(text, language)
      if (!OUR_WORDS.includes(key)) return text
      if (!/^[\w .]+$/.test(text)) return text
      const word = text
        .replace(/^suppressed_/, '')
        .toLowerCase()
        .replace(/[ .]/g, '_')
      // an engagement that is `open` was opened, a request that is `open` waits
      return said(`values.${key}_${word}`, said(`values.${word}`, text))
    },
  }
}

/** Facts whose values are words of ours; every other value is somebody's own. */
const OUR_WORDS = [
  'action',
  'actor',
  'basis',
  'by',
  'channel',
  'judged_by',
  'kind',
  'late_answer',
  'origin',
  'pace',
  'policy',
  'reason',
  'source_kind',
  'state',
  'status',
  'strength',
  'verdict',
  'weaknesses',
]
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/

const moment = (iso: string, language: string) =>
  `${DateTime.fromISO(iso, { zone: 'utc' }).setLocale(language).toLocaleString(DateTime.DATETIME_MED_WITH_SECONDS)} UTC`

const plain = (name: string) => name.replaceAll('_', ' ')
