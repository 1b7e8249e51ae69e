import i18nManager from '@adonisjs/i18n/services/main'
import { DateTime } from 'luxon'

/** Languages that readers are spoken to in, each under its own name. */
export const languages = { en: 'English', de: 'Deutsch', fr: 'Français', es: 'Español' } as const
export type Language = keyof typeof languages

/** What is said to a reader, in their language (resources/lang/LANGUAGE/reader.json). */
export interface Words {
  language: Language
  t: (key: string, data?: Record<string, string | number>) => string
  day: (at: Date) => string
  list: (names: string[]) => string
}

/** The first of the wishes (a choice on the page, the person's locale, the workspace's) that we speak; else English. */
export function wordsIn(wishes: (string | null | undefined)[], timezone = 'utc'): Words {
  const language = wishes.map((wish) => wish?.split(/[-_]/, 1)[0].toLowerCase()).find(isLanguage) ?? 'en'
  const i18n = i18nManager.locale(language)
  return {
    language,
    t: (key, data) => i18n.t(`reader.${key}`, data),
    day: (at) => DateTime.fromJSDate(at, { zone: timezone }).setLocale(language).toLocaleString(DateTime.DATE_FULL),
    list: (names) => new Intl.ListFormat(language).format(names),
  }
}

const isLanguage = (name: string | undefined): name is Language => name !== undefined && Object.hasOwn(languages, name)

/** For the page: each language with its link (a GET, which changes nothing and leaves no cookie). */
export const languageLinks = (present: Language) =>
  Object.entries(languages).map(([code, name]) => ({ code, name, isPresent: code === present }))
