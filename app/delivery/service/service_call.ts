import db from '@adonisjs/lucid/services/db'
import type { EmailChannel, OutgoingMail } from '#channels'
import { excludedPeople } from '#consent'
import { prepared } from '#platform'
import { environmentAccount } from '../providers/environment.ts'
import { SERVICE, wayFrom, wayOut } from '../providers/ways_out.ts'
import { callLeaseSeconds, leaseSeconds, thisMoment, type Moment } from '../sender/lease.ts'
import type { StoredMail } from './compose_service_mail.ts'

/** Service mails that leave together, by one call with one key. Every write about them names the fence. */
export interface ServiceCall {
  workspaceId: number
  ids: number[]
  mails: OutgoingMail[]
  key: string
  fence: number
  account: string
  /** A call with this key was made before, or may have been: nobody knows what came of it. */
  isRepeat: boolean
  attempts: number
  sealedMsAgo: number
  takenAt: Moment
}

/** What nobody could send for a day is not sent any more: yesterday's sign-in code helps nobody. */
const LATEST = "interval '24 hours'"

/**
 * Takes what waits in a workspace and seals it, in one statement: from here on it is the same call with the same key. Who
 * may not be written to is withheld, and what is too late has failed.
 */
export async function sealServiceCall(workspaceId: number, channel: EmailChannel): Promise<ServiceCall | null> {
  const people = { sql: 'select id as contact_id, person_id, email_hash, by_right from picked', bindings: [] }
  const forbidden = excludedPeople({ workspaceId, people, channel: 'email', topicId: 0, few: true, isService: true })
  const takenAt = thisMoment()
  const { rows } = await prepared(
    `with first as (
       select lot from service_messages
       where workspace_id = ? and state = 'queued' and not_before <= clock_timestamp() order by id limit 1
     ),
     picked as (
       select id, contact_id as person_id, email_hash, by_right, created_at from service_messages
       where workspace_id = ? and state = 'queued' and not_before <= clock_timestamp()
         and lot is not distinct from (select lot from first) and exists (select from first)
       order by id limit ? for update skip locked
     ),
     forbidden as (${forbidden.sql}),
     call as materialized (select nextval('batch_fences') as fence, 'assent-' || gen_random_uuid() as key),
     judged as (
       select p.id, case when f.reason is not null then 'withheld' when p.created_at < now() - ${LATEST} then 'failed' else 'sealed' end as state,
         coalesce(f.reason, case when p.created_at < now() - ${LATEST} then 'too_late' end) as reason
       from picked p left join forbidden f on f.contact_id = p.id
     )
     update service_messages m
     set state = j.state, reason = j.reason, fence = call.fence, call_key = call.key, account = ?, state_at = clock_timestamp(),
       sealed_at = clock_timestamp(), lease_until = clock_timestamp() + make_interval(secs => ?),
       mail = case j.state when 'sealed' then m.mail end, ended_at = case when j.state <> 'sealed' then clock_timestamp() end
     from judged j, call
     where m.workspace_id = ? and m.id = j.id
     returning m.id, m.contact_id, m.state, m.mail, m.attempts, m.call_key, m.fence`,
    [
      workspaceId,
      workspaceId,
      channel.isOneByOne ? 1 : channel.batchSize,
      ...forbidden.bindings,
      channel.account,
      callLeaseSeconds(channel),
      workspaceId,
    ]
  )
  if (rows.length === 0) return null
  const sealed = rows.filter(({ state }) => state === 'sealed')
  const { call_key: key, fence } = rows[0]
  return callOf(workspaceId, sealed, { key, fence, account: channel.account, isRepeat: false, sealedMsAgo: 0, takenAt })
}

/**
 * A sealed call whose worker is gone, or which has to be asked again: with the same key and the same bytes, so all of its mails,
 * whose leases may differ by some microseconds. Those of an account that rests wait for it, and keep nobody else waiting.
 */
export async function retakeServiceCall({
  workspaceId,
  without,
}: {
  workspaceId: number | null
  without: string[]
}): Promise<ServiceCall | null> {
  const takenAt = thisMoment()
  const { rows } = await prepared(
    `with due as (
       select m.workspace_id, m.call_key, m.fence from service_messages m
       where m.state = 'sealed' and m.lease_until <= clock_timestamp() and m.workspace_id = coalesce(?::bigint, m.workspace_id)
         and m.account <> all(?::text[])
         and not exists (select from rate_budgets r where r.account = m.account and r.paused_until > clock_timestamp())
       order by m.lease_until limit 1
     ),
     held as (
       select m.workspace_id, m.id from service_messages m
         join due on m.workspace_id = due.workspace_id and m.call_key = due.call_key and m.fence = due.fence
       where m.state = 'sealed' order by m.id for update of m
     ),
     call as materialized (select nextval('batch_fences') as fence)
     update service_messages m
     set fence = call.fence, lease_until = clock_timestamp() + make_interval(secs => ?)
     from held, call
     where m.workspace_id = held.workspace_id and m.id = held.id
     returning m.workspace_id, m.id, m.contact_id, m.mail, m.attempts, m.call_key, m.fence, m.account,
       extract(epoch from clock_timestamp() - m.sealed_at) * 1000 as sealed_ms_ago`,
    [workspaceId, without, leaseSeconds()]
  )
  if (rows.length === 0) return null
  const { workspace_id: id, call_key: key, fence, account, sealed_ms_ago: sealedMsAgo } = rows[0]
  return callOf(id, rows, { key, fence, account, isRepeat: true, sealedMsAgo: Number(sealedMsAgo), takenAt })
}

/** In the order of the ids, so that the same call has the same bytes. */
function callOf(
  workspaceId: number,
  rows: any[],
  call: Pick<ServiceCall, 'key' | 'fence' | 'account' | 'isRepeat' | 'sealedMsAgo' | 'takenAt'>
): ServiceCall {
  const ordered = rows.toSorted((a, b) => a.id - b.id)
  return {
    ...call,
    workspaceId,
    ids: ordered.map(({ id }) => id),
    mails: ordered.map((row) => ({ ...(row.mail as StoredMail), tags: tagsOf(workspaceId, row) })),
    attempts: Math.max(0, ...ordered.map(({ attempts }) => attempts)),
  }
}

const tagsOf = (workspaceId: number, { id, contact_id: contactId }: any): Record<string, string> => ({
  w: String(workspaceId),
  s: String(id),
  ...(contactId === null ? {} : { m: String(contactId) }),
})

/** The next workspace in which service mail waits, and its way out: they take turns, and those whose account takes nothing now come last. */
export async function nextToServe({
  after,
  workspaceId,
  without,
}: {
  after: number
  workspaceId: number | null
  without: string[]
}) {
  const { rows } = await db.rawQuery(
    `select w.workspace_id, way.*, ${WAITS} as is_waiting from (
       select distinct workspace_id from service_messages
       where state = 'queued' and not_before <= clock_timestamp() and workspace_id = coalesce(?::bigint, workspace_id)
     ) as w
     left join lateral (${wayOut({ workspace: 'w.workspace_id', topic: `${SERVICE}` })}) as way on true
     order by is_waiting, w.workspace_id <= ?, w.workspace_id limit 1`,
    [without, workspaceId, environmentAccount(), after] as any[]
  )
  if (rows.length === 0) return null
  const [row] = rows
  return { workspaceId: Number(row.workspace_id), way: wayFrom(row), isWaiting: row.is_waiting as boolean }
}

/** Also where every account is switched off. */
const WAITS = `(way.is_paused is distinct from false or coalesce(way.account, '') = any(?::text[]))`
