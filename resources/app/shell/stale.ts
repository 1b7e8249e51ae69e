/**
 * Is this answer among what the server called stale? `contacts/12` means the lists of contacts and everything asked about
 * contact 12; `contacts` alone means all of that feature; `everything` means what it says. What is made of the others' numbers goes with any change.
 */
const summaries = ['overview']

export function isStale(queryKey: readonly unknown[], named: string[]): boolean {
  const [path, details] = queryKey as [string[] | undefined, { request?: { params?: Record<string, unknown> } }?]
  const feature = path?.[0]
  if (!feature) return false
  if (summaries.includes(feature) || named.includes('everything')) return true
  const about = named.filter((key) => key === feature || key.startsWith(`${feature}/`))
  if (about.length === 0) return false
  const ids = about.filter((key) => key.includes('/')).map((key) => key.slice(feature.length + 1))
  const asked = details?.request?.params?.id
  return ids.length === 0 || asked === undefined || ids.includes(String(asked))
}
