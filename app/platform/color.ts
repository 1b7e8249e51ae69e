import vine from '@vinejs/vine'

const COLOR = /^#[0-9a-fA-F]{6}$/

const readable = vine.createRule((value, _, field) => {
  if (typeof value === 'string' && !COLOR.test(value))
    field.report('Write the colour as # and six digits or letters from a to f, like #1a5fb4.', 'color', field)
})

/** Validator for a colour as `#rrggbb`; the pattern is said once more for the description of the API. */
export const color = () => vine.string().use(readable()).regex(COLOR)
