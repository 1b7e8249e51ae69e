import { DateTime } from 'luxon'
import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { aboutToAsk, asksOnce, beginAsking } from '#consent'
import { reviewCampaign } from '#compliance'
import { channelFor, freezeAudience, giveLetters, isWarmingUp, languagesOf } from '#delivery'
import { sendingOf, type Actor, type Workspace } from '#identity'
import { peopleIn } from '#segments'
import { changeCampaign } from './change_campaign.ts'
import { refuseUnlessSeen } from './edit_campaign.ts'
import { EditedMeanwhile, PreflightBlocked } from './errors.ts'
import { freezeLetter, freezeLetters } from './freeze_letter.ts'
import { Campaign } from './models/campaign.ts'
import { answersUntil } from './reconfirming/letter.ts'
import { draftAsItWouldBe } from './recurring/feed/with_feed.ts'

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
  version,
  actor,
  isScheduled = false,
  ignoresQuietHours,
}: {
  workspace: Workspace
  id: number | string
  /** What whoever sends it has seen: nothing else is sent. Undefined: whatever stands there. */
  version?: number
  actor: Actor
  /** Its time was chosen before, and could be taken back before. */
  isScheduled?: boolean
  /** Whoever may change the workspace's rule lets this one leave by night, too; else as it was scheduled. */
  ignoresQuietHours?: boolean
}) {
  const reviewed = await Campaign.present(workspace).findOrFail(id)
  if (reviewed.isEditable) {
    refuseUnlessSeen(reviewed, version)
    await refuseUnlessReady(workspace, reviewed)
  }
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
      campaign.timing = timingAfter(campaign, { isScheduled, ignoresQuietHours })
      const shipment = await freeze(campaign, { workspace, actor, isScheduled, trx })
      campaign.merge({
        status: 'sending',
        scheduledAt: null,
        notice: null,
        editionId: shipment.editionId,
        shipmentId: shipment.id,
        sendStartedAt: DateTime.utc(),
      })
      return {
        candidates: shipment.candidates,
        mailable: shipment.mailable,
        ...(shipment.ignoresQuietHours && { ignores_quiet_hours: true }),
      }
    }
  )
}

export async function refuseUnlessReady(workspace: Workspace, campaign: Campaign) {
  const review = await reviewCampaign({ workspace, draft: await draftAsItWouldBe(campaign, workspace) })
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
  const asks = campaign.isQuestion
    ? await aboutToAsk({ workspaceId: workspace.id, id: campaign.reconfirmationId!, trx })
    : null
  const { editionId, topicId } = await freezeLetter(campaign, { workspace, trx })
  const shipment = await freezeAudience({
    workspace,
    campaignId: campaign.id,
    topicId,
    channel: campaign.channel,
    people: await peopleIn({ workspaceId: workspace.id, audience: campaign.audience, trx }),
    asks: asksOnce(campaign.audience),
    edition: { id: editionId },
    languages: Object.keys(campaign.letters),
    actor,
    demo: campaign.demo,
    timing: { ...timingOf(campaign, workspace), ...(await engagedFirst(campaign, trx)) },
    ignoresQuietHours: campaign.timing.ignore_quiet_hours === true,
    ...(await howItLeaves(workspace, { isScheduled, trx })),
    trx,
  })
  if (shipment.mailable === 0)
    throw new PreflightBlocked('Nobody of this audience may get it any more.', { field: 'audience' })
  if (Object.keys(campaign.letters).length > 0) {
    const its = { workspaceId: workspace.id, shipmentId: shipment.id, trx }
    await giveLetters({
      ...its,
      letters: await freezeLetters(campaign, { languages: await languagesOf(its), workspace, trx }),
    })
  }
  if (asks) {
    const asked = { workspaceId: workspace.id, id: asks.id, campaignId: campaign.id }
    await beginAsking({ ...asked, answersUntil: answersUntil(asks, workspace), actor, trx })
  }
  return shipment
}

async function engagedFirst({ workspaceId, fromEmail }: Campaign, trx: TransactionClientContract) {
  return { isEngagedFirst: await isWarmingUp({ workspaceId, domain: fromEmail.split('@').at(-1)!.toLowerCase() }, trx) }
}

/** What is sent at once keeps no hour that was chosen for it before. */
function timingAfter(
  { timing }: Campaign,
  { isScheduled, ignoresQuietHours }: { isScheduled: boolean; ignoresQuietHours?: boolean }
) {
  const { ignore_quiet_hours: wasIgnored = false, ...hours } = timing ?? {}
  const ignores = ignoresQuietHours ?? (isScheduled && wasIgnored)
  return { ...(isScheduled ? hours : {}), ...(ignores ? { ignore_quiet_hours: true } : {}) }
}

/** A campaign's own timing as its manifests are timed. */
export function timingOf({ timing }: Pick<Campaign, 'timing'>, workspace: Workspace) {
  const { local_time: at, over_hours: overHours, ignore_quiet_hours: isLoud } = timing ?? {}
  const rule = isLoud ? null : sendingOf(workspace).quiet_hours
  return {
    ...(at ? { localTime: { at, zone: workspace.timezone } } : {}),
    ...(overHours ? { overHours } : {}),
    ...(rule ? { quietHours: { rule, zone: workspace.timezone } } : {}),
  }
}

/** From so many people on, a mistake is worth a first wave; the first campaign of a team, from so many. */
const LARGE = 5_000
const LARGE_FOR_A_FIRST = 500

/** With a moment to take it back, and in two waves where much could go wrong. */
async function howItLeaves(
  workspace: Workspace,
  { isScheduled, trx }: { isScheduled: boolean; trx: TransactionClientContract }
) {
  const delaySeconds = isScheduled ? 0 : sendingOf(workspace).undo_seconds
  return { delaySeconds, pilotMinutes: await pilotRule(workspace, trx) }
}

/** How long the rest waits after a first wave, by how many get it; none for what only the Outbox gets: nobody answers there. */
export async function pilotRule(workspace: Workspace, client: QueryClientContract = db.connection()) {
  const { pilot, pilot_minutes: minutes } = sendingOf(workspace)
  const { kind } = await channelFor(workspace.id, { client })
  if (kind === 'capture' || pilot === 'never') return undefined
  const earlier = await client.from('shipments').where({ workspace_id: workspace.id, demo: false }).first()
  const least = pilot === 'always' ? 0 : earlier ? LARGE : LARGE_FOR_A_FIRST
  return ({ mailable }: { mailable: number }) => (mailable >= least ? minutes : null)
}
