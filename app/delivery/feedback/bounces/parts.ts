import type { Email } from 'postal-mime'

/** The first attached part of one of these types, as text. */
export function partOf({ attachments }: Email, ...types: string[]): string | null {
  const part = attachments.find(({ mimeType }) => types.includes(mimeType))
  return part ? String(part.content) : null
}
