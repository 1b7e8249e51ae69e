import type { Answers } from '../sign_up/answers.ts'
import type { FormField, Language } from '../sign_up/definition.ts'
import type { Signal } from './signals.ts'

const NAMES = ['first_name', 'last_name']

/** Scripts that a form's language is written in (ISO 15924 names of Unicode's script property). */
const SCRIPTS: Record<Language, RegExp> = {
  en: /\p{Script=Latin}/u,
  de: /\p{Script=Latin}/u,
  fr: /\p{Script=Latin}/u,
  es: /\p{Script=Latin}/u,
}

/** What the words that somebody typed tell. Hidden answers are the form's own. */
export function signsOfWords(answers: Answers, { fields, language }: { fields: FormField[]; language: Language }) {
  const found: Signal[] = []
  for (const { name, hidden } of fields) {
    const value = answers[name]
    if (hidden || typeof value !== 'string') continue
    if (NAMES.includes(name)) {
      if (isRandom(value)) found.push('random_name')
      if (/\p{L}/u.test(value) && !SCRIPTS[language].test(value)) found.push('other_script')
    } else if (WEB_ADDRESS.test(value)) found.push('web_address')
  }
  return found
}

/** McDonald switches once, DeLaCruz twice; nobody's name is so full of humps. */
const isRandom = (name: string) => name.split(/[\s'’-]+/).some((word) => [...word.matchAll(HUMP)].length >= 3)
const HUMP = /\p{Ll}(?=\p{Lu})/gu

const WEB_ADDRESS = /https?:\/\/|\bwww\.|\[url|<a\s/i
