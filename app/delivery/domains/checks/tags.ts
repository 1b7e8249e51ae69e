/** `a=b; c=d` as DKIM and DMARC write it (RFC 6376 §3.2), names in lower case; null when a tag is there twice. */
export function tagsOf(record: string): Map<string, string> | null {
  const tags = new Map<string, string>()
  for (const part of record.split(';').slice(0, 60)) {
    const at = part.indexOf('=')
    if (at < 1) continue
    const name = part.slice(0, at).trim().toLowerCase()
    if (tags.has(name)) return null
    tags.set(name, part.slice(at + 1).trim())
  }
  return tags
}
