/** unknown: the DNS or the provider gave no answer, which says nothing about the record. */
export type Level = 'ok' | 'unknown' | 'warn' | 'block'

export const findingIds = ['provider', 'spf', 'dkim', 'dmarc', 'mx', 'reply_to', 'tracking_host', 'tls'] as const
export type FindingId = (typeof findingIds)[number]

/** What one check saw. */
export interface Finding {
  id: FindingId
  level: Level
  /** In sentences. */
  message: string
  /** Where it looked. */
  host: string | null
  /** The records as they are. */
  found: string[]
  /** A record that would do, where there is one to copy. */
  expected: string | null
  /** What to do next; null when there is nothing to do. */
  fix: string | null
}

export interface Trouble {
  level: Exclude<Level, 'ok'>
  message: string
  fix: string
}

export const unknown = (message: string, fix = 'Check again in a few minutes.'): Trouble => ({
  level: 'unknown',
  message,
  fix,
})
export const warning = (message: string, fix: string): Trouble => ({ level: 'warn', message, fix })
export const blocking = (message: string, fix: string): Trouble => ({ level: 'block', message, fix })

const weight: Record<Level, number> = { ok: 0, unknown: 1, warn: 2, block: 3 }

export const isWorse = (a: Level, than: Level) => weight[a] > weight[than]

/** The worst of several; ok when there are none. */
export const worst = (levels: Level[]): Level =>
  levels.reduce<Level>((soFar, level) => (isWorse(level, soFar) ? level : soFar), 'ok')

/** The troubles of a check made one finding: the worst first, what is fine when there are none. */
export function finding({
  troubles,
  fine,
  ...about
}: Pick<Finding, 'id' | 'host' | 'found'> & { expected?: string | null; troubles: Trouble[]; fine: string }): Finding {
  const sorted = troubles.toSorted((a, b) => weight[b.level] - weight[a.level]).slice(0, 6)
  return {
    id: about.id,
    level: sorted[0]?.level ?? 'ok',
    message: sorted.length > 0 ? distinct(sorted.map(({ message }) => message)) : fine,
    host: about.host,
    found: about.found.slice(0, 10),
    expected: about.expected ?? null,
    fix: sorted.length > 0 ? distinct(sorted.map(({ fix }) => fix)) : null,
  }
}

const distinct = (sentences: string[]) => [...new Set(sentences)].join(' ')
