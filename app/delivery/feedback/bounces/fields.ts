export type Fields = Partial<Record<string, string>>

/** Header-like fields in groups parted by empty lines (RFC 3464 §2.1), unfolded, names in small letters; the first of each name counts. */
export function fieldGroups(text: string): Fields[] {
  return text
    .replace(/\r\n?/g, '\n')
    .trim()
    .split(/\n[ \t]*\n/)
    .map(fieldsOf)
}

function fieldsOf(group: string): Fields {
  const fields: Fields = {}
  for (const line of group.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const [, name, value] = /^([\w-]+)[ \t]*:(.*)$/.exec(line) ?? []
    if (name) fields[name.toLowerCase()] ??= value.trim()
  }
  return fields
}
