import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { createHash } from 'node:crypto'
import { addressHash, addressKey } from '#consent'
import type { PastSend } from './past_sends.ts'

const BATCH = 100
const EXCLUSIONS_A_ROW = 1_000

/** One campaign of the past, as sending it would have left it: shipment, manifests, messages, links, reactions, suppressions. */
export async function plantCampaign(
  trx: TransactionClientContract,
  {
    workspaceId,
    campaignId,
    topicId,
    editionId,
    links,
    send,
  }: {
    workspaceId: number
    campaignId: number
    topicId: number
    editionId: number
    links: { no: number; url: string; label: string }[]
    send: PastSend
  }
) {
  const month = `${send.startedAt.toISOString().slice(0, 7)}-01`
  await trx.rawQuery('select ensure_month_partitions(cast(? as date))', [month])
  const shipmentId = await plantShipment(trx, { workspaceId, campaignId, topicId, editionId, month, send })
  await plantManifests(trx, { workspaceId, campaignId, shipmentId, month, send })
  await plantMessages(trx, { workspaceId, campaignId, shipmentId, month, send })
  await trx.rawQuery(
    `insert into links (workspace_id, campaign_id, no, url, label)
     select ?, ?, no, url, label from jsonb_to_recordset(cast(? as jsonb)) as l (no int, url text, label text)`,
    [workspaceId, campaignId, JSON.stringify(links)]
  )
  await trx.rawQuery(
    `insert into engagements (workspace_id, month, campaign_id, contact_id, kind, link_no, verdict, rule, occurred_at)
     select ?, cast(? as date), ?, contact_id, kind, link_no, verdict, rule, occurred_at
       from jsonb_to_recordset(cast(? as jsonb)) as e (contact_id bigint, kind text, link_no int, verdict text, rule text, occurred_at timestamptz)`,
    [workspaceId, month, campaignId, JSON.stringify(send.reactions)]
  )
  await plantSuppressions(trx, { workspaceId, send })
  return shipmentId
}

async function plantShipment(
  trx: TransactionClientContract,
  {
    workspaceId,
    campaignId,
    topicId,
    editionId,
    month,
    send,
  }: { workspaceId: number; campaignId: number; topicId: number; editionId: number; month: string; send: PastSend }
): Promise<number> {
  const excluded = Object.fromEntries(Object.entries(send.excluded).map(([reason, ids]) => [reason, ids.length]))
  const out = Object.values(excluded).reduce((sum, n) => sum + n, 0)
  const { rows } = await trx.rawQuery(
    `insert into shipments (workspace_id, campaign_id, month, topic_id, edition_id, state, candidates, mailable, excluded, batch_count, demo, created_at, finished_at)
     values (?, ?, cast(? as date), ?, ?, 'finished', ?, ?, ?, ?, true, ?, ?) returning id`,
    [
      workspaceId,
      campaignId,
      month,
      topicId,
      editionId,
      send.messages.length + out,
      send.messages.length,
      JSON.stringify(excluded),
      Math.ceil(send.messages.length / BATCH),
      send.startedAt,
      new Date(send.startedAt.getTime() + 6 * 60_000),
    ]
  )
  return rows[0].id
}

async function plantManifests(
  trx: TransactionClientContract,
  {
    workspaceId,
    campaignId,
    shipmentId,
    month,
    send,
  }: { workspaceId: number; campaignId: number; shipmentId: number; month: string; send: PastSend }
) {
  const batches = chunks(send.messages, BATCH).map((messages, no) => ({
    no,
    ids: messages.map(({ contact_id }) => contact_id),
    key: `demo/${campaignId}/${no}`,
  }))
  await trx.rawQuery(
    `insert into batches (workspace_id, shipment_id, campaign_id, month, no, contact_ids, state, idempotency_key, accepted, sealed_at, created_at, finished_at)
     select ?, ?, ?, cast(? as date), no, ids, 'done', key, cardinality(ids), cast(? as timestamptz), cast(? as timestamptz), cast(? as timestamptz)
       from jsonb_to_recordset(cast(? as jsonb)) as b (no int, ids bigint[], key text)`,
    [
      workspaceId,
      shipmentId,
      campaignId,
      month,
      send.startedAt,
      send.startedAt,
      send.startedAt,
      JSON.stringify(batches),
    ]
  )
  const exclusions = Object.entries(send.excluded).flatMap(([reason, people]) =>
    chunks(people, EXCLUSIONS_A_ROW).map((ids, no) => ({ reason, no, ids }))
  )
  await trx.rawQuery(
    `insert into exclusions (workspace_id, campaign_id, reason, no, contact_ids)
     select ?, ?, reason, no, ids from jsonb_to_recordset(cast(? as jsonb)) as x (reason text, no int, ids bigint[])`,
    [workspaceId, campaignId, JSON.stringify(exclusions)]
  )
}

async function plantMessages(
  trx: TransactionClientContract,
  {
    workspaceId,
    campaignId,
    shipmentId,
    month,
    send,
  }: { workspaceId: number; campaignId: number; shipmentId: number; month: string; send: PastSend }
) {
  const rows = send.messages.map((message, i) => ({
    ...message,
    no: Math.floor(i / BATCH),
    position: i % BATCH,
    provider_id: fakeProviderId(campaignId, i),
  }))
  await trx.rawQuery(
    `insert into messages (workspace_id, month, campaign_id, contact_id, batch_id, position, state, reason, email, provider_id,
       sealed_at, accepted_at, delivered_at, ended_at, state_at, unsubscribed_at)
     select ?, cast(? as date), ?, m.contact_id, b.id, m.position, m.state, m.reason, m.email, m.provider_id,
       coalesce(m.accepted_at, b.created_at), m.accepted_at, m.delivered_at, coalesce(m.delivered_at, m.accepted_at), coalesce(m.delivered_at, m.accepted_at, b.created_at), m.unsubscribed_at
       from jsonb_to_recordset(cast(? as jsonb)) as m (contact_id bigint, no int, position int, state text, reason text, email text, provider_id text,
         accepted_at timestamptz, delivered_at timestamptz, unsubscribed_at timestamptz)
       join batches b on b.workspace_id = ? and b.shipment_id = ? and b.no = m.no`,
    [workspaceId, month, campaignId, JSON.stringify(rows), workspaceId, shipmentId]
  )
}

/** Who bounced for ever or complained may not be written to again, in the demo too. */
async function plantSuppressions(
  trx: TransactionClientContract,
  { workspaceId, send }: { workspaceId: number; send: PastSend }
) {
  const rows = send.messages
    .filter(({ state }) => state === 'bounced' || state === 'complained')
    .map(({ email, state, accepted_at }) => ({
      address: email,
      hash: `\\x${addressHash(workspaceId, addressKey(email)).toString('hex')}`,
      reason: state === 'bounced' ? 'hard_bounce' : 'complaint',
      at: accepted_at,
    }))
  await trx.rawQuery(
    `insert into suppressions (workspace_id, channel, address_hash, address, reason, source, created_at)
     select ?, 'email', cast(hash as bytea), address, reason, 'demo', at from jsonb_to_recordset(cast(? as jsonb)) as s (address text, hash text, reason text, at timestamptz)
     on conflict do nothing`,
    [workspaceId, JSON.stringify(rows)]
  )
}

function chunks<T>(list: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size))
}

const fakeProviderId = (campaignId: number, i: number) =>
  `demo-${createHash('sha256').update(`${campaignId}/${i}`).digest('hex').slice(0, 24)}`
