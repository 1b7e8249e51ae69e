import vine from '@vinejs/vine'
import { cleanLine, line, text } from '#platform'

/** As long as a statement may be (`POST /contacts/:id/consents`). */
const words = () => text(5000).minLength(1)
const shown = () => line(300).minLength(1)

/** BCP 47, in its canonical form. What is no tag at all stays as it is and is refused by the pattern. */
const languageTag = () =>
  vine
    .string()
    .parse((given) => (typeof given === 'string' ? canonical(cleanLine(given)) : given))
    .maxLength(40)
    .regex(/^[a-z]{2,8}(-[A-Za-z0-9]{1,8})*$/)

function canonical(tag: string) {
  try {
    return Intl.getCanonicalLocales(tag.replaceAll('_', '-'))[0] ?? tag
  } catch (error) {
    if (error instanceof RangeError) return ''
    throw error
  }
}

export const createWordingValidator = vine.create({ text: words(), language: languageTag(), shown: shown() })

export const reviseWordingValidator = vine.create({
  text: words(),
  shown: shown().optional(),
  version: vine.number().withoutDecimals().positive().max(2_147_483_647).optional(),
})
