import i18n from '@adonisjs/i18n/services/main'
import type { Language } from './definition.ts'

/** What visitors read beside the form's own words: resources/lang/<language>/sign_up.json. */
export function wordsOf(language: Language) {
  const catalogue = i18n.locale(language)
  return {
    language,
    t: (key: string, data: Record<string, unknown> = {}) => catalogue.t(`sign_up.${key}`, data),
  }
}
export type Words = ReturnType<typeof wordsOf>
