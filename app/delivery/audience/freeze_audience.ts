import { DateTime } from 'luxon'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { audit, type Actor } from '#identity'
import { announce, comparingSets, touch, type SqlPiece } from '#platform'
import { BooksDoNotClose } from '../errors.ts'
import { Shipment } from '../models/shipment.ts'
import { channelFor } from '../providers/channel_for.ts'
import { ensureMonth, thisMonth } from './months.ts'
import { dividedAudience } from './divided_audience.ts'
import { timedManifests, type Timing } from './manifest_times.ts'

interface Freeze {
  workspace: { id: number }
  campaignId: number
  topicId: number
  channel: string
  people: SqlPiece
  /** It is the question of this re-confirmation. */
  asks?: number | null
  edition: { id: number }
  /** Those beside the edition's own in which there will be a letter (`giveLetters`): a manifest is of one language. */
  languages?: string[]
  actor: Actor
  /** How long nothing leaves yet. */
  delaySeconds?: number
  timing?: Timing
  /** How long the answers to a first wave are waited for; null: everybody gets it at once. */
  pilotMinutes?: (audience: { mailable: number }) => number | null
  /** Also by night: decided by whoever may change the workspace's rule. */
  ignoresQuietHours?: boolean
  demo?: boolean
  trx: TransactionClientContract
}

/**
 * Fixes who a campaign is for, for ever: manifests of the people who may be written to, and the excluded by name and
 * reason, in one statement, so in one moment. `candidates = mailable + excluded`, person by person, or nothing happens.
 */
export async function freezeAudience({ trx, workspace, campaignId, actor, ...freeze }: Freeze): Promise<Shipment> {
  const month = thisMonth()
  await ensureMonth(trx, month)
  const { batchSize, kind } = await channelFor(workspace.id, { topicId: freeze.topicId, client: trx })
  const shipment = await Shipment.create(
    {
      workspaceId: workspace.id,
      campaignId,
      month: DateTime.fromISO(month, { zone: 'utc' }),
      channel: freeze.channel,
      topicId: freeze.topicId,
      editionId: freeze.edition.id,
      state: 'running',
      candidates: 0,
      mailable: 0,
      ignoresQuietHours: freeze.ignoresQuietHours ?? false,
      toOutbox: kind === 'capture',
      demo: freeze.demo ?? false,
    },
    { client: trx }
  )
  const counts = await writeManifests({
    shipment,
    people: freeze.people,
    asks: freeze.asks,
    batchSize,
    isByLot: Boolean(freeze.pilotMinutes),
    timing: freeze.timing ?? {},
    languages: freeze.languages,
    trx,
  })
  verify(counts)
  const pilotMinutes = freeze.pilotMinutes?.(counts) ?? null
  await trx
    .from('shipments')
    .where({ workspace_id: workspace.id, id: shipment.id })
    .update({
      candidates: counts.candidates,
      mailable: counts.mailable,
      batch_count: counts.batch_count,
      excluded: JSON.stringify(counts.reasons),
      not_before: trx.raw('clock_timestamp() + make_interval(secs => ?)', [freeze.delaySeconds ?? 0]),
      released: pilotMinutes === null || counts.batch_count < 2 ? null : pilotBatches(counts.batch_count),
      pilot_minutes: pilotMinutes,
    })
  await audit('shipment.frozen', {
    workspaceId: workspace.id,
    actor,
    subject: { type: 'campaign', id: campaignId },
    details: { candidates: counts.candidates, mailable: counts.mailable, excluded: counts.reasons },
    trx,
  })
  await announce('shipment.frozen', {
    workspaceId: workspace.id,
    payload: { shipment_id: shipment.id, campaign_id: campaignId },
    trx,
  })
  await trx.rawQuery(`select pg_notify('assent_delivery', '')`)
  await touch(trx, workspace.id, ['campaigns', `campaigns/${campaignId}`])
  await shipment.refresh()
  return shipment
}

/** Two of a hundred go first, at least one batch. Their people are drawn by lot: see the order of the manifests. */
const pilotBatches = (batches: number) => Math.max(1, Math.ceil(batches * 0.02))

interface Counts {
  candidates: number
  mailable: number
  in_manifests: number
  batch_count: number
  excluded: number
  in_exclusions: number
  reasons: Record<string, number>
}

/** Everyone exactly once: counted as they were judged and again from what was written. */
function verify(counts: Counts) {
  const closes = counts.in_manifests === counts.mailable && counts.in_exclusions === counts.excluded
  if (!closes) {
    throw new BooksDoNotClose('The audience does not add up, so nothing was sent. Please report this.', { counts })
  }
}

async function writeManifests({
  shipment,
  people,
  asks,
  batchSize,
  isByLot,
  timing,
  languages,
  trx,
}: {
  shipment: Shipment
  people: SqlPiece
  asks?: number | null
  batchSize: number
  isByLot: boolean
  timing: Timing
  languages?: string[]
  trx: TransactionClientContract
}): Promise<Counts> {
  const { workspaceId, campaignId, topicId, channel, monthKey: month } = shipment
  const timed = timedManifests({ timing, workspaceId, batchSize, languages, lot: isByLot ? shipment.id : null })
  const divided = dividedAudience({ workspaceId, people, topicId, channel, asks })
  const { rows } = await comparingSets(trx, () =>
    trx.rawQuery(
      `with ${divided.sql}, ${timed.sql},
     written as (
       insert into batches (workspace_id, shipment_id, campaign_id, month, contact_ids, idempotency_key, no, not_before, planned_at, language)
       select ?, ?, ?, ?, contact_ids, 'assent-' || gen_random_uuid(), no, not_before, nullif(planned_at, not_before), language from manifests
       returning cardinality(contact_ids) as n
     ),
     left_out as (
       insert into exclusions (workspace_id, campaign_id, reason, no, contact_ids)
       select ?, ?, reason, no, array_agg(contact_id order by contact_id)
       from (
         select contact_id, reason, (row_number() over (partition by reason order by contact_id) - 1) / 1000 as no
         from excluded
       ) as placed
       group by reason, no
       returning reason, cardinality(contact_ids) as n
     )
     select candidates, candidates - excluded as mailable, excluded,
            (select coalesce(sum(n), 0) from written)::int as in_manifests,
            (select count(*) from written)::int as batch_count,
            (select coalesce(sum(n), 0) from left_out)::int as in_exclusions,
            (select coalesce(jsonb_object_agg(reason, n), '{}')
             from (select reason, sum(n) as n from left_out group by reason) as r) as reasons
     from (select count(*)::int as candidates, count(reason)::int as excluded from judged) as counted`,
      [
        ...divided.bindings,
        ...timed.bindings,
        workspaceId,
        shipment.id,
        campaignId,
        month,
        workspaceId,
        campaignId,
      ] as any[]
    )
  )
  return rows[0]
}
