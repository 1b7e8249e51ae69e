import { ProtectedSource } from './protected_source.ts'

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

export const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => ENTITIES[character])

/** A line of text as HTML; its merge tags stay as they are, their values are escaped when they are filled in. */
export function escapedTemplate(line: string): string {
  const source = new ProtectedSource(line)
  return source.restore(escapeHtml(source.text))
}
