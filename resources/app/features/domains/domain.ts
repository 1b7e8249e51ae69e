import type { Tone } from '~/ui'

export type Level = 'ok' | 'unknown' | 'warn' | 'block'

export interface Domain {
  id: string
  domain: string
  name: string
  level: Level | null
  checking: boolean
  checked_at: string | null
  provider: { kind: 'resend'; status: string; region: string } | null
  provider_note: string | null
}

export interface Finding {
  id: 'provider' | 'spf' | 'dkim' | 'dmarc' | 'mx' | 'reply_to' | 'tracking_host' | 'tls'
  level: Level
  message: string
  host: string | null
  found: string[]
  expected: string | null
  fix: string | null
  is_open: boolean
}

export interface DnsRecord {
  purpose: string
  host: string
  type: string
  expected: string
  priority: number | null
  found: string[]
  state: 'right' | 'missing' | 'different' | 'unknown'
}

export interface WholeDomain extends Domain {
  return_path: string
  dkim_selectors: string[]
  reply_to_domain: string | null
  records: DnsRecord[]
  findings: Finding[]
}

export const toneOf: Record<Level, Tone> = { ok: 'good', unknown: 'neutral', warn: 'warning', block: 'bad' }

/** Asked again by itself while a look is going on: the live line may be down. */
export const whileChecking = <Answer>(isGoingOn: (answer: Answer) => boolean) => ({
  refetchInterval: ({ state }: { state: { data?: Answer } }) =>
    state.data && isGoingOn(state.data) ? (2_000 as const) : (false as const),
})
