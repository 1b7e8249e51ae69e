/** What a provider posted; null when it is not JSON. PostgreSQL's text cannot hold a NUL, so there is none. */
export function readJson(text: Buffer | string): any {
  try {
    return JSON.parse(text.toString(), (_, value) => (typeof value === 'string' ? value.replaceAll('\0', '') : value))
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
