/**
 * What a provider posted; null when it is not JSON. PostgreSQL's JSON holds neither a NUL nor half a surrogate pair (what a
 * server's cut words end with), so there is none, in names neither: an event that cannot be kept would be sent again for days.
 */
export function readJson(text: Buffer | string): any {
  try {
    return JSON.parse(text.toString(), (_, value) => {
      if (typeof value === 'string') return storable(value)
      return hasOddName(value)
        ? Object.fromEntries(Object.entries(value).map(([name, held]) => [storable(name), held]))
        : value
    })
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

const storable = (text: string) => text.replaceAll('\0', '').toWellFormed()

const hasOddName = (value: unknown) =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).some((name) => storable(name) !== name)
