import type { Draft, Words } from './campaign'
import type { DraftDesk } from './use_draft'

const wordFields = ['subject', 'preheader', 'content', 'text'] as const satisfies readonly (keyof Words)[]

/** The desk of the letter in one language: the same sections write in it, and everything is saved together. */
export function inLanguage(desk: DraftDesk, language: string | null): DraftDesk {
  const words = language === null ? undefined : desk.values.letters[language]
  if (!words) return desk
  const prefix = `letters.${language}.`
  return {
    ...desk,
    values: { ...desk.values, ...words },
    errors: Object.fromEntries(
      Object.entries(desk.errors).map(([field, error]) => [
        field.startsWith(prefix) ? field.slice(prefix.length) : field,
        error,
      ])
    ),
    set: (part) => desk.set(inItsLetter(desk.values, language!, part)),
  }
}

function inItsLetter({ letters }: Draft, language: string, part: Partial<Draft>): Partial<Draft> {
  const entries = Object.entries(part)
  const isWord = ([field]: [string, unknown]) => (wordFields as readonly string[]).includes(field)
  const words = Object.fromEntries(entries.filter(isWord))
  const rest = Object.fromEntries(entries.filter((entry) => !isWord(entry)))
  return { ...rest, letters: { ...letters, [language]: { ...letters[language], ...words } } }
}
