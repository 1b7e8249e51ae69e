import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { Reaction } from '../feedback/reactions.ts'
import { domainGroup, isLarge } from './domain_group.ts'
import { FIRST, latestPaces, LEAST } from './paces.ts'

/**
 * A single delay can be a full mailbox. So many, and so large a share of what arrived meanwhile, are their servers asking
 * for patience; a server that says so (4.7.x, 421, "rate") is believed at once.
 */
const MANY = 5
const SHARE = 0.05
const WINDOW = "interval '10 minutes'"

/** After a cut, what was sent before it is still being deferred: the next cut waits. */
const PATIENCE = "interval '2 minutes'"

/** Old news, told late, say nothing about now. */
const OLD_MS = 30 * 60_000

const SPOKEN =
  /(^|[^\d.])(4\.7\.\d+|4\.4\.5|421|450 4\.2\.1)\b|rate limit|too many (messages|connections|mails|emails)|throttl|try again later|temporar(y|ily) deferred|unusual rate/i
const FINAL = /(^|[^\d.])5\.\d\.\d+\b/

export interface Deferral {
  account: string
  domain: string
  spoken: number
  silent: number
  arrived: number
}

interface Scene {
  workspaceId: number
  /** Null: service mail, which has no pace. */
  campaignId: number | null
  reactions: Reaction[]
}

/**
 * What reactions of campaigns' readers say about the pace of their mailbox providers: multiplicative decrease, at most
 * once in two minutes. Nothing is asked of the database while nobody defers and no domain is watched.
 */
export async function heedDeferrals(scenes: Scene[], trx: QueryClientContract): Promise<void> {
  const counted = new Map<string, Deferral>()
  for (const scene of scenes) await count(scene, { counted, trx })
  await countDeferrals([...counted.values()], trx)
}

async function count(
  { workspaceId, campaignId, reactions }: Scene,
  { counted, trx }: { counted: Map<string, Deferral>; trx: QueryClientContract }
) {
  const isWatched = latestPaces().watchedDomains
  const telling = reactions.filter(
    (one) =>
      one.contactId !== null &&
      one.email !== null &&
      (isDeferral(one) || (hasArrived(one) && isWatched.has(domainGroup(one.email))))
  )
  if (telling.length === 0 || campaignId === null) return
  const { accounts, now } = await accountsOf(telling, { workspaceId, campaignId, trx })
  for (const one of telling) {
    const account = accounts.get(one.contactId!)
    if (!account || one.happening.at.getTime() < now.getTime() - OLD_MS) continue
    const domain = domainGroup(one.email!)
    const key = `${account} ${domain}`
    if (!counted.has(key)) counted.set(key, { account, domain, spoken: 0, silent: 0, arrived: 0 })
    counted.get(key)![hasArrived(one) ? 'arrived' : isSpoken(one) ? 'spoken' : 'silent']++
  }
}

const hasArrived = ({ happening }: Reaction) => happening.state === 'delivered'

const isDeferral = (one: Reaction) =>
  one.happening.state === 'delayed' || (one.happening.state === 'bounced' && isSpoken(one))

const isSpoken = ({ happening: { note } }: Reaction) => note !== null && SPOKEN.test(note) && !FINAL.test(note)

/** By whose account they got it (the workspace may have another by now), and what time it is by the database's clock. */
async function accountsOf(
  reactions: Reaction[],
  { workspaceId, campaignId, trx }: { workspaceId: number; campaignId: number; trx: QueryClientContract }
): Promise<{ accounts: Map<number, string>; now: Date }> {
  const { rows } = await trx.rawQuery(
    `select m.contact_id, b.account, clock_timestamp() as now from messages m join batches b on b.workspace_id = m.workspace_id and b.id = m.batch_id
     where m.workspace_id = ? and m.campaign_id = ? and m.contact_id = any(?::bigint[]) and b.account is not null
       and m.month = (select s.month from shipments s where s.workspace_id = ? and s.campaign_id = ?)`,
    [workspaceId, campaignId, reactions.map(({ contactId }) => contactId), workspaceId, campaignId] as any[]
  )
  return { accounts: new Map(rows.map((row: any) => [row.contact_id, row.account])), now: rows[0]?.now ?? new Date(0) }
}

/** Counts, and slows down where they are too many. Also for what an SMTP server says at once. */
export async function countDeferrals(deferrals: Deferral[], trx: QueryClientContract): Promise<void> {
  if (deferrals.length === 0) return
  const sorted = deferrals.toSorted((a, b) => (`${a.account} ${a.domain}` < `${b.account} ${b.domain}` ? -1 : 1))
  const column = <K extends keyof Deferral>(name: K) => sorted.map((one) => one[name])
  await trx.rawQuery(
    `insert into domain_paces as p (account, domain, deferred, arrived, last_deferral_at)
     select account, domain, spoken + silent, arrived, clock_timestamp()
     from unnest(?::text[], ?::text[], ?::int[], ?::int[], ?::int[]) as t (account, domain, spoken, silent, arrived)
     where spoken + silent > 0 or exists (select from domain_paces d where d.account = t.account and d.domain = t.domain)
     on conflict (account, domain) do update set
       deferred = case when p.since < clock_timestamp() - ${WINDOW} then 0 else p.deferred end + excluded.deferred,
       arrived = case when p.since < clock_timestamp() - ${WINDOW} then 0 else p.arrived end + excluded.arrived,
       since = case when p.since < clock_timestamp() - ${WINDOW} then clock_timestamp() else p.since end,
       last_deferral_at = case when excluded.deferred > 0 then clock_timestamp() else p.last_deferral_at end`,
    [column('account'), column('domain'), column('spoken'), column('silent'), column('arrived')] as any[]
  )
  await trx.rawQuery(
    `update domain_paces p
     set per_minute = case when p.per_minute is null then t.first else greatest(?, p.per_minute / 2) end,
         deferred = 0, arrived = 0, since = clock_timestamp(), cut_at = clock_timestamp(), grown_at = clock_timestamp(), tokens = least(p.tokens, 0)
     from unnest(?::text[], ?::text[], ?::int[], ?::int[]) as t (account, domain, spoken, first)
     where p.account = t.account and p.domain = t.domain
       and (t.spoken > 0 or (p.deferred >= ? and p.deferred >= ?::float8 * (p.deferred + p.arrived)))
       and (p.cut_at is null or p.cut_at < clock_timestamp() - ${PATIENCE})`,
    [
      LEAST,
      column('account'),
      column('domain'),
      column('spoken'),
      sorted.map(({ domain }) => (isLarge(domain) ? FIRST.large : FIRST.other)),
      MANY,
      SHARE,
    ] as any[]
  )
}
