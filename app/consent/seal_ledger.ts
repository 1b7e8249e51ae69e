import { setTimeout as pause } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { keyedHash } from '#platform'

/** How long writers that began before us are waited for; else the next night does it. */
const TRIES = 20
const BETWEEN_MS = 500

/**
 * Nightly: seals what came into the ledger of each workspace since its last seal. A seal is a digest of the entries' hashes,
 * signed with the installation's key over the seal before it: chains alone show what somebody changed who cannot compute a hash, seals what
 * the owner of the database changed who can, and a chain that is gone without a trace.
 *
 * @returns how many seals were made
 */
export async function sealLedger({ workspaceId = null }: { workspaceId?: number | null } = {}): Promise<number> {
  const untilId = await lastDecided()
  if (untilId === null) return 0
  let [seals, after] = [0, 0]
  for (;;) {
    const query = db.from('workspaces').where('id', '>', after).orderBy('id').limit(500).select('id')
    const workspaces = await (workspaceId === null ? query : query.where('id', workspaceId))
    if (workspaces.length === 0) return seals
    for (const { id } of workspaces) if (await seal(id, untilId)) seals++
    after = workspaces.at(-1).id
  }
}

/** The newest entry of which it is certain that none before it can still come: whoever wrote when we looked has ended. */
async function lastDecided(): Promise<number | null> {
  const { rows } = await db.rawQuery(
    `select coalesce(max(id), 0) as last, pg_snapshot_xmax(pg_current_snapshot())::text as upto from consent_entries`
  )
  const [{ last, upto }] = rows
  for (let no = 0; no < TRIES; no++) {
    const { rows: now } = await db.rawQuery(
      `select pg_snapshot_xmin(pg_current_snapshot()) >= cast(? as xid8) as is_over`,
      [upto]
    )
    if (now[0].is_over) return last
    await pause(BETWEEN_MS)
  }
  return null
}

/** A hundred thousand hashes at once: a value has at most a gigabyte. */
const PARTS = `select e.id / 100000 as part, count(*) as n, sha256(string_agg(e.hash, ''::bytea order by e.id)) as digest
  from consent_entries e
  where e.workspace_id = l.workspace_id and e.id > l.since_id and e.id <= l.until_id and not exists (
    select from consent_chains c where c.workspace_id = e.workspace_id and c.contact_id = e.contact_id and c.demo)
  group by 1`
const WHOLE = `select coalesce(sum(n), 0)::bigint as n, sha256(string_agg(digest, ''::bytea order by part)) as digest from (${PARTS}) parts`

/** Two at once: one of them finds its number taken. */
async function seal(workspaceId: number, untilId: number): Promise<boolean> {
  const { rows } = await db.rawQuery(
    `select l.*, w.n as entries, w.digest, date_trunc('milliseconds', clock_timestamp()) as sealed_at
     from (
       select ?::bigint as workspace_id, coalesce(last.no, 0) + 1 as no, coalesce(last.until_id, 0) as since_id,
         ?::bigint as until_id, last.signature as before
       from (select 1) one left join lateral (select * from consent_seals where workspace_id = ? order by no desc limit 1) last on true
     ) l cross join lateral (${WHOLE}) w where w.n > 0`,
    [workspaceId, untilId, workspaceId]
  )
  if (rows.length === 0) return false
  const { before, ...row } = rows[0]
  const { rowCount } = await db.rawQuery(
    `insert into consent_seals (workspace_id, no, since_id, until_id, entries, digest, sealed_at, signature)
     values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`,
    [...Object.values(ordered(row)), signatureOf(row, before)] as any[]
  )
  return rowCount > 0
}

interface Seal {
  workspace_id: number
  no: number
  since_id: number
  until_id: number
  entries: number
  digest: Buffer
  sealed_at: Date
  signature: Buffer
}
type Unsigned = Omit<Seal, 'signature'>

const ordered = ({ workspace_id, no, since_id, until_id, entries, digest, sealed_at }: Unsigned): Unsigned => ({
  workspace_id,
  no,
  since_id,
  until_id,
  entries,
  digest,
  sealed_at,
})

const signatureOf = (row: Unsigned, before: Buffer | null) =>
  keyedHash(
    'consent_seal',
    JSON.stringify([
      ...Object.values({ ...ordered(row), digest: row.digest.toString('hex'), sealed_at: row.sealed_at.toISOString() }),
      before?.toString('hex') ?? null,
    ])
  )

export interface BrokenSeal {
  workspace_id: string
  /** Which seal; it covers what was written down since the one before it. */
  no: number
  sealed_at: string
  why: 'differs' | 'forged' | 'missing'
}

/**
 * Compares every seal with what the ledger holds today: `differs` (an entry was changed, removed or slipped in, though its chain
 * was put in order), `forged` (the seal is not ours, or APP_KEY is another one), `missing` (one before it is gone).
 */
export async function verifySeals({
  workspaceId = null,
  client = db,
}: {
  workspaceId?: number | null
  client?: Pick<QueryClientContract, 'rawQuery'>
} = {}): Promise<{ seals: number; breaks: BrokenSeal[] }> {
  const { rows } = await client.rawQuery(
    `select l.*, w.n as found, w.digest as found_digest from consent_seals l cross join lateral (${WHOLE}) w
     where ?::bigint is null or l.workspace_id = ? order by l.workspace_id, l.no`,
    [workspaceId, workspaceId] as any[]
  )
  const breaks: BrokenSeal[] = []
  let before: Seal | null = null
  for (const row of rows as (Seal & { found: number; found_digest: Buffer | null })[]) {
    if (before?.workspace_id !== row.workspace_id) before = null
    const why = brokenBy(row, before)
    if (why) {
      breaks.push({ workspace_id: String(row.workspace_id), no: row.no, sealed_at: row.sealed_at.toISOString(), why })
    }
    before = row
  }
  return { seals: rows.length, breaks }
}

function brokenBy(
  row: Seal & { found: number; found_digest: Buffer | null },
  before: Seal | null
): BrokenSeal['why'] | null {
  if (row.no !== (before?.no ?? 0) + 1) return 'missing'
  if (row.since_id !== (before?.until_id ?? 0)) return 'forged'
  if (!row.signature.equals(signatureOf(row, before?.signature ?? null))) return 'forged'
  if (row.found !== row.entries || !row.found_digest?.equals(row.digest)) return 'differs'
  return null
}

/** The seal that covers everything that a person ever said; null before the night after their newest entry. */
export async function sealOf({ workspaceId, contactId }: { workspaceId: number; contactId: number }) {
  const { rows } = await db.rawQuery(
    `select no, sealed_at, signature from consent_seals s where s.workspace_id = ? and s.until_id >= (
       select max(id) from consent_entries e where e.workspace_id = s.workspace_id and e.contact_id = ?)
     order by no limit 1`,
    [workspaceId, contactId]
  )
  if (rows.length === 0) return null
  const [{ no, sealed_at: sealedAt, signature }] = rows as Seal[]
  return { no, sealed_at: sealedAt.toISOString(), signature: signature.toString('hex') }
}
