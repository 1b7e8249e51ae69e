import { prepared } from '#platform'

/** Mails a minute: what a group of domains that asks for patience gets at first, and at least. */
export const FIRST = { large: 600, other: 60 }
export const LEAST = 6
/** So many times the first pace is no limit any more. */
export const ENOUGH = 10

/** What has been calm for so long is forgotten. */
export const FORGOTTEN_AFTER = "interval '3 days'"

const LOOK_AGAIN_MS = 2_000
const MOST = 1_000

interface Paces {
  /** By account: mails a minute of each domain that is limited. */
  limited: Map<string, Map<string, number>>
  /** These, and those whose deferrals are being counted. */
  watchedDomains: Set<string>
}

const none: Paces = { limited: new Map(), watchedDomains: new Set() }
let latest = none
let reading: Promise<Paces> | null = null
let readAt = -Infinity

/** The few domains that asked for slower delivery, of all accounts: read once in two seconds by a process, not for each batch. */
export async function knownPaces({ fresh = false } = {}): Promise<Paces> {
  if (!fresh && performance.now() - readAt < LOOK_AGAIN_MS) return latest
  reading ??= readPaces().finally(() => (reading = null))
  return reading
}

/** As they were read last: for who holds a transaction and must not wait for another connection. */
export const latestPaces = () => latest

async function readPaces(): Promise<Paces> {
  const { rows } = await prepared(
    `select account, domain, per_minute from domain_paces order by per_minute nulls last limit ${MOST}`,
    []
  )
  const paces: Paces = { limited: new Map(), watchedDomains: new Set(rows.map(({ domain }) => domain)) }
  for (const { account, domain, per_minute: perMinute } of rows) {
    if (perMinute === null) continue
    if (!paces.limited.has(account)) paces.limited.set(account, new Map())
    paces.limited.get(account)!.set(domain, perMinute)
  }
  latest = paces
  readAt = performance.now()
  return paces
}
