import { DateTime } from 'luxon'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { reviewCampaign } from '#compliance'
import { channelFor, freezeAudience, isWarmingUp } from '#delivery'
import { sendingOf, type Actor, type Workspace } from '#identity'
import { peopleIn } from '#segments'
import { changeCampaign } from './change_campaign.ts'
import { draftOf } from './draft_of.ts'
import { EditedMeanwhile, PreflightBlocked } from './errors.ts'
import { freezeLetter } from './freeze_letter.ts'
import { Campaign } from './models/campaign.ts'

/**
 * The draft is reviewed; then, in one transaction, its content is frozen into an edition, its links are registered, its
 * audience is frozen person by person, and the campaign is being sent. A second click waits for the lock and finds
 * it taken; whoever edited between the review and the lock is not sent unreviewed.
 *
 * @throws PreflightBlocked with the checks, CampaignInOtherState unless draft or scheduled, EditedMeanwhile
 */
export async function sendCampaign({
  workspace,
  id,
  actor,
  isScheduled = false,
}: {
  workspace: Workspace
  id: number | string
  actor: Actor
  /** Its time was chosen before, and could be taken back before. */
  isScheduled?: boolean
}) {
  const reviewed = await Campaign.present(workspace).findOrFail(id)
  if (reviewed.isEditable) await refuseUnlessReady(workspace, reviewed)
  return changeCampaign(
    { workspace, id, actor },
    {
      from: ['draft', 'scheduled'],
      action: 'campaign.sent',
      but: 'A campaign is sent once; duplicate it to send it again.',
    },
    async (campaign, trx) => {
      if (campaign.version !== reviewed.version) {
        throw new EditedMeanwhile(`${campaign.updatedBy} changed this campaign just now. Look at it and send again.`)
      }
      const shipment = await freeze(campaign, { workspace, actor, isScheduled, trx })
      campaign.merge({
        status: 'sending',
        scheduledAt: null,
        timing: isScheduled ? campaign.timing : {},
        notice: null,
        editionId: shipment.editionId,
        shipmentId: shipment.id,
        sendStartedAt: DateTime.utc(),
      })
      return { candidates: shipment.candidates, mailable: shipment.mailable }
    }
  )
}

export async function refuseUnlessReady(workspace: Workspace, campaign: Campaign) {
  const review = await reviewCampaign({ workspace, draft: draftOf(campaign) })
  if (review.verdict === 'ready') return
  const reasons = review.checks.filter(({ level }) => level === 'block').map(({ message }) => message)
  throw new PreflightBlocked(`This campaign cannot be sent yet: ${reasons.join(' ')}`, {
    checks: review.checks,
    audience: review.audience,
  })
}

async function freeze(
  campaign: Campaign,
  {
    workspace,
    actor,
    isScheduled,
    trx,
  }: { workspace: Workspace; actor: Actor; isScheduled: boolean; trx: TransactionClientContract }
) {
  const { editionId, topicId } = await freezeLetter(campaign, { workspace, trx })
  const shipment = await freezeAudience({
    workspace,
    campaignId: campaign.id,
    topicId,
    channel: campaign.channel,
    people: await peopleIn({ workspaceId: workspace.id, audience: campaign.audience, trx }),
    edition: { id: editionId },
    actor,
    demo: campaign.demo,
    timing: { ...(isScheduled ? timingOf(campaign, workspace) : {}), ...(await engagedFirst(campaign, trx)) },
    ...(await howItLeaves(workspace, { isScheduled, trx })),
    trx,
  })
  if (shipment.mailable === 0)
    throw new PreflightBlocked('Nobody of this audience may get it any more.', { field: 'audience' })
  return shipment
}

async function engagedFirst({ workspaceId, fromEmail }: Campaign, trx: TransactionClientContract) {
  return { isEngagedFirst: await isWarmingUp({ workspaceId, domain: fromEmail.split('@').at(-1)!.toLowerCase() }, trx) }
}

function timingOf({ timing }: Campaign, workspace: Workspace) {
  const { local_time: at, over_hours: overHours } = timing ?? {}
  return { ...(at ? { localTime: { at, zone: workspace.timezone } } : {}), ...(overHours ? { overHours } : {}) }
}

/** From so many people on, a mistake is worth a first wave; the first campaign of a team, from so many. */
const LARGE = 5_000
const LARGE_FOR_A_FIRST = 500

/** With a moment to take it back, and in two waves where much could go wrong. Nobody answers what only the Outbox got. */
async function howItLeaves(
  workspace: Workspace,
  { isScheduled, trx }: { isScheduled: boolean; trx: TransactionClientContract }
) {
  const { undo_seconds: undoSeconds, pilot, pilot_minutes: minutes } = sendingOf(workspace)
  const delaySeconds = isScheduled ? 0 : undoSeconds
  const { kind } = await channelFor(workspace.id, trx)
  if (kind === 'capture' || pilot === 'never') return { delaySeconds }
  const earlier = await trx.from('shipments').where({ workspace_id: workspace.id, demo: false }).first()
  const least = pilot === 'always' ? 0 : earlier ? LARGE : LARGE_FOR_A_FIRST
  return { delaySeconds, pilotMinutes: ({ mailable }: { mailable: number }) => (mailable >= least ? minutes : null) }
}
