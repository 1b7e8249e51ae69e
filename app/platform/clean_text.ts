import vine from '@vinejs/vine'

/**
 * Text as we keep it: one normal form (NFC), no control characters, no half surrogates, no blanks around. A line has no
 * breaks either, so that a name can never become a second mail header, and no signs that turn the direction of what
 * follows, so that it cannot write itself over its neighbours.
 */
export const cleanLine = (text: string) =>
  withoutDirections(text)
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()

/**
 * Without the marks, embeddings, overrides and isolates of UAX #9 §2, which address books paste along unseen. What joins or
 * parts letters (U+200C, U+200D) belongs to words and stays.
 */
export const withoutDirections = (text: string) => text.replace(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, '')

/** The same for several lines: breaks and tabs stay. */
export const cleanText = (text: string) =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]+/gu, ' ')
    .trim()

/** At most so many UTF-16 units of a text, and no half of a sign at its end: PostgreSQL's JSON takes none. */
export const shortened = (text: string, most: number) =>
  text
    .slice(0, most)
    .toWellFormed()
    .replace(/\ufffd$/, '')

const cleaned = (clean: (text: string) => string) => (value: unknown) =>
  typeof value === 'string' ? clean(value) : value

/** Validators for them: cleaned first, then measured. */
export const line = (max: number) => vine.string().parse(cleaned(cleanLine)).maxLength(max)
export const text = (max: number) => vine.string().parse(cleaned(cleanText)).maxLength(max)

/** An id as JSON gives it ("12"), as a number. */
export const id = () => vine.number().withoutDecimals().positive().max(999_999_999_999_999)
