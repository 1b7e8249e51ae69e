import { anyRests, anyTrackingWords, anyWishes, capsFrom, capsOfTopic } from '#consent'
import { trackingPolicyOf } from '#identity'
import { prepared } from '#platform'
import { environmentAccount } from '../providers/environment.ts'
import { wayFrom, wayOut } from '../providers/ways_out.ts'
import { LETTER, leaseSeconds, thisMoment, type Batch, type Moment } from './lease.ts'

/**
 * Takes the next batch, or null. First the sealed ones whose worker is gone (whatever the shipment's state: what may be
 * on its way must be brought to an end; that costs no quota, so they do not wait for one, and what was certainly not sent for
 * nothing), then by turns: the next workspace after the last one served, and of it the next campaign. None that waits for its
 * account holds up the others. With a fresh one comes the account that it may leave by now; with a sealed one that which
 * was called.
 */
export async function claimBatch({
  worker,
  turns = new Turns(),
  workspaceId = null,
  without = [],
}: {
  worker: string
  turns?: Turns
  workspaceId?: number | null
  /** Accounts that are not to be called now. */
  without?: string[]
}): Promise<Batch | null> {
  const takenAt = thisMoment()
  const { rows } = await prepared(CLAIM, [
    without,
    workspaceId,
    turns.workspaces,
    turns.shipments,
    workspaceId,
    turns.last,
    environmentAccount(),
    without,
    worker,
    leaseSeconds(),
  ])
  if (rows.length === 0) return null
  const batch = batchFrom(rows[0], takenAt)
  turns.served(batch)
  return batch
}

/** Whose turn it was last: of all workspaces, and of each which campaign. Forgotten, somebody has two turns. */
export class Turns {
  static readonly MOST = 500
  last = 0
  private of = new Map<number, number>()

  get workspaces() {
    return [...this.of.keys()]
  }

  get shipments() {
    return [...this.of.values()]
  }

  served({ workspaceId, shipmentId }: Batch) {
    if (this.of.size >= Turns.MOST) this.of.clear()
    this.last = workspaceId
    this.of.set(workspaceId, shipmentId)
  }
}

const CLAIM = `
  with overdue as (
    select b.workspace_id, b.id, b.doubtful, b.account as called, p.id as provider_id, p.kind, p.credentials, p.status, 0 as failures from batches b
    left join provider_accounts p on p.workspace_id = b.workspace_id and p.account = b.account and p.credentials is not null
    where b.state = 'sealed' and b.lease_until <= clock_timestamp() and b.not_before <= clock_timestamp()
      and (not b.doubtful or (b.account <> all(?::text[]) and not exists (
        select from rate_budgets r where r.account = b.account
          and (r.paused_until > clock_timestamp() or (r.remaining < 1 and r.window_ends_at > clock_timestamp())))))
      and b.workspace_id = coalesce(?::bigint, b.workspace_id)
    order by b.lease_until
    limit 1
    for update of b skip locked
  ),
  fresh as (
    select waiting.workspace_id, waiting.id, false as doubtful, way.account as called, way.provider_id, way.kind, way.credentials, way.status, way.failures
    from (
      select s.workspace_id, s.id, s.topic_id, s.released, s.to_outbox
      from shipments s left join unnest(?::bigint[], ?::bigint[]) as had (workspace_id, shipment_id) on had.workspace_id = s.workspace_id
      where s.finished_at is null and s.state = 'running' and s.workspace_id = coalesce(?::bigint, s.workspace_id) and s.not_before <= clock_timestamp()
        and (s.waits_until is null or s.waits_until <= clock_timestamp())
      order by s.workspace_id <= ?::bigint, s.workspace_id, s.id <= coalesce(had.shipment_id, 0), s.id
    ) as turn
    cross join lateral (${wayOut({ workspace: 'turn.workspace_id', topic: 'turn.topic_id' })}) as way
    cross join lateral (
      select b.workspace_id, b.id from batches b
      where not way.is_paused and way.has_calls and (way.account is null) = turn.to_outbox and coalesce(way.account, '') <> all(?::text[])
        and b.workspace_id = turn.workspace_id and b.shipment_id = turn.id and b.state in ('queued', 'leased') and b.parked_for is null
        and (turn.released is null or b.no < turn.released)
        and b.not_before <= clock_timestamp() and (b.lease_until is null or b.lease_until <= clock_timestamp())
      order by b.no, b.id
      limit 1
      for update skip locked
    ) as waiting
    where not exists (select from overdue)
    limit 1
  )
  update batches b
  set state = case b.state when 'sealed' then 'sealed' else 'leased' end,
      fence = nextval('batch_fences'),
      lease_owner = ?,
      lease_until = clock_timestamp() + make_interval(secs => ?)
  from (select * from overdue union all select * from fresh) as picked
  join shipments s on s.workspace_id = picked.workspace_id
  join workspaces w on w.id = s.workspace_id
  where b.workspace_id = picked.workspace_id and b.id = picked.id and s.id = b.shipment_id
  returning b.id, b.workspace_id, b.shipment_id, b.campaign_id, b.month, b.no, b.contact_ids, b.domain, b.state, b.attempts, b.fence,
    b.idempotency_key, b.account, b.payload_hash, b.sealed, picked.doubtful as was_doubtful, picked.called,
    s.topic_id, coalesce(b.edition_id, ${LETTER}) as edition_id, s.channel, picked.provider_id, picked.kind, picked.credentials, picked.status, picked.failures, w.timezone,
    case when not s.ignores_quiet_hours then w.settings #> '{sending,quiet_hours}' end as quiet_hours,
    ${capsOfTopic('s.topic_id')} as caps, ${anyWishes('s.workspace_id')} as has_wishes,
    ${anyRests('s.workspace_id')} as has_rests,
    w.settings->'tracking_policy' as tracking_policy, ${anyTrackingWords('s.workspace_id')} as has_tracking_words,
    extract(epoch from clock_timestamp() - b.sealed_at) * 1000 as sealed_ms_ago`

function batchFrom(row: any, takenAt: Moment): Batch {
  return {
    takenAt,
    id: row.id,
    workspaceId: row.workspace_id,
    shipmentId: row.shipment_id,
    campaignId: row.campaign_id,
    topicId: row.topic_id,
    editionId: row.edition_id,
    channel: row.channel,
    month: row.month,
    no: row.no,
    contactIds: row.contact_ids,
    domain: row.domain,
    wasSealed: row.state === 'sealed',
    doubtful: row.was_doubtful,
    attempts: row.attempts,
    fence: row.fence,
    idempotencyKey: row.idempotency_key,
    account: row.account,
    payloadHash: row.payload_hash,
    sealed: row.sealed,
    sealedMsAgo: Number(row.sealed_ms_ago ?? 0),
    way: wayFrom(row),
    leavesBy: row.called ?? '',
    caps: capsFrom(row.caps),
    hasWishes: row.has_wishes,
    hasRests: row.has_rests,
    tracking: { policy: trackingPolicyOf({ settings: row }), anyWords: row.has_tracking_words },
    quietHours: row.quiet_hours && { rule: row.quiet_hours, zone: row.timezone },
  }
}
