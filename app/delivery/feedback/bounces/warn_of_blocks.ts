import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { tellTeam } from '#identity'
import { appUrl } from '#config/app'
import { stopWithin } from '../../shipments/stop_shipment.ts'
import type { Bounce } from './bounce.ts'

/** So many mails refused because of us are no accident; and a campaign of which more than 5 % are refused so stops. */
const LEAST = 5
const WARN_SHARE = 0.01
const STOP_SHARE = 0.05

/** Mailbox providers refuse our mail, not the addresses: what still waits is held back, and the team is told once. */
export async function warnOfBlocks(workspaceId: number, blocks: Bounce[], trx: TransactionClientContract) {
  for (const [campaignId, those] of Map.groupBy(blocks, (block) => block.campaignId)) {
    if (campaignId === null) await ofServiceMail(workspaceId, those, trx)
    else await ofCampaign(workspaceId, campaignId, those, trx)
  }
}

async function ofCampaign(workspaceId: number, campaignId: number, those: Bounce[], trx: TransactionClientContract) {
  const shipment = await trx
    .from('shipments')
    .where({ workspace_id: workspaceId, campaign_id: campaignId })
    .select('id')
    .forUpdate()
    .first()
  if (!shipment) return
  const { blocked, accepted } = await countOf(workspaceId, campaignId, shipment.id, trx)
  const said = { why: mostSaid(those), blocked, accepted }
  if (blocked >= LEAST && blocked > accepted * STOP_SHARE) {
    const note = `${blocked} mails were refused because of the sender, not because of their readers. ${said.why}`
    await stopWithin(trx, { workspaceId, shipmentId: shipment.id, campaignId }, { reason: 'blocked', note })
  }
  const limit = Math.max(LEAST, Math.ceil(accepted * WARN_SHARE))
  if (blocked >= limit && blocked - those.length < limit) {
    await tell(workspaceId, { key: `blocked-${campaignId}`, place: `campaigns/${campaignId}/report`, ...said }, trx)
  }
}

async function countOf(workspaceId: number, campaignId: number, shipmentId: number, trx: TransactionClientContract) {
  const { rows } = await trx.rawQuery(
    `select
       (select count(*) from bounces where workspace_id = ? and campaign_id = ? and class = 'block')::int as blocked,
       (select coalesce(sum(accepted), 0) from batches where workspace_id = ? and shipment_id = ?)::int as accepted`,
    [workspaceId, campaignId, workspaceId, shipmentId]
  )
  return rows[0] as { blocked: number; accepted: number }
}

/** Service mail has no campaign to stop: the team is told once a day. */
async function ofServiceMail(workspaceId: number, those: Bounce[], trx: TransactionClientContract) {
  await trx.rawQuery('select from workspaces where id = ? for no key update', [workspaceId])
  const { rows } = await trx.rawQuery(
    `select count(*)::int as blocked, to_char(now() at time zone 'UTC', 'YYYY-MM-DD') as day from bounces
     where workspace_id = ? and campaign_id is null and class = 'block'
       and created_at >= date_trunc('day', now() at time zone 'UTC') at time zone 'UTC'`,
    [workspaceId]
  )
  const { blocked, day } = rows[0]
  if (blocked >= LEAST && blocked - those.length < LEAST) {
    await tell(
      workspaceId,
      { key: `blocked-service-${day}`, place: 'settings/sending', why: mostSaid(those), blocked },
      trx
    )
  }
}

/** The sentence that most of them share. */
const mostSaid = (those: Bounce[]) =>
  [...Map.groupBy(those, ({ verdict }) => verdict.sentence)].sort((a, b) => b[1].length - a[1].length)[0][0]

interface Warning {
  key: string
  place: string
  why: string
  blocked: number
}

const tell = (workspaceId: number, { key, place, why, blocked }: Warning, trx: TransactionClientContract) =>
  tellTeam({
    workspaceId,
    key,
    subject: 'Mailbox providers refuse your mails',
    lead: `${blocked} mails were refused because of the sender, not because of their readers. ${why} The addresses are kept; what can be mended is the domain, its DNS records, the pace and the content.`,
    action: { label: 'Look at it', url: `${appUrl}/w/${workspaceId}/${place}` },
    note: 'You get this because you are responsible for this workspace.',
    trx,
  })
