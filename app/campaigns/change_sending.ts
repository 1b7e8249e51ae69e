import { takeBackAsking } from '#consent'
import {
  cancelShipment,
  decideUnconfirmed,
  ignoreQuietHours,
  pauseShipment,
  resumeShipment,
  retryFailed,
  undoShipment,
} from '#delivery'
import { forgetLinks } from '#tracking'
import { changeCampaign, type Asked } from './change_campaign.ts'
import { CampaignInOtherState } from './errors.ts'
import type { Campaign } from './models/campaign.ts'

/** No further mail leaves, in every worker, but what is on its way already. */
export const pauseCampaign = (asked: Asked) =>
  changeCampaign(
    asked,
    { from: ['sending'], action: 'campaign.paused', but: 'Only what is being sent can be paused.' },
    async (campaign, trx) => {
      await pauseShipment({ ...shipmentOf(campaign), actor: asked.actor, trx })
      campaign.merge({ status: 'paused' })
    }
  )

/** Goes on where it stood, after a pause or when what stopped it is put right. */
export const resumeCampaign = (asked: Asked) =>
  changeCampaign(
    asked,
    { from: ['paused'], action: 'campaign.resumed', but: 'Only what is paused can go on.' },
    async (campaign, trx) => {
      await resumeShipment({ ...shipmentOf(campaign), actor: asked.actor, trx })
      campaign.merge({ status: 'sending', notice: null })
    }
  )

/** Takes it back while nothing has left: it is a draft again. */
export const undoCampaign = (asked: Asked) =>
  changeCampaign(
    asked,
    { from: ['sending', 'paused'], action: 'campaign.undone', but: 'Only what has not left yet can be taken back.' },
    async (campaign, trx) => {
      await undoShipment({ ...shipmentOf(campaign), actor: asked.actor, trx })
      await forgetLinks({ workspaceId: campaign.workspaceId, campaignId: campaign.id, trx })
      if (campaign.isQuestion) {
        await takeBackAsking({ workspaceId: campaign.workspaceId, id: campaign.reconfirmationId!, trx })
      }
      campaign.merge({ status: 'draft', editionId: null, shipmentId: null, sendStartedAt: null, notice: null })
    }
  )

/** Leaves by night, too: whoever waits for the end of their quiet hours waits no longer. */
export const sendInQuietHours = (asked: Asked) =>
  changeCampaign(
    asked,
    {
      from: ['sending'],
      action: 'campaign.quiet_hours_ignored',
      but: 'Only what is being sent waits for the morning.',
    },
    async (campaign, trx) => {
      await ignoreQuietHours({ ...shipmentOf(campaign), actor: asked.actor, trx })
      campaign.merge({ timing: { ...campaign.timing, ignore_quiet_hours: true } })
    }
  )

/** Whoever still waits does not get it, and is accounted for as cancelled. */
export const cancelCampaign = (asked: Asked) =>
  changeCampaign(
    asked,
    {
      from: ['sending', 'paused'],
      action: 'campaign.cancelled',
      but: 'Only what is being sent or paused can be cancelled.',
    },
    async (campaign, trx) => {
      await cancelShipment({ ...shipmentOf(campaign), actor: asked.actor, trx })
      campaign.merge({ status: 'cancelled', notice: null })
    }
  )

/** Tries those again whom the provider refused, and nobody else. While it is paused they wait with the others. */
export const retryCampaign = (asked: Asked) =>
  changeCampaign(
    asked,
    { from: ['sent_with_problems', 'paused'], action: 'campaign.retried', but: 'There is nobody to try again.' },
    async (campaign, trx) => {
      const { retried } = await retryFailed({ ...shipmentOf(campaign), actor: asked.actor, trx })
      if (retried === 0) {
        throw new CampaignInOtherState('Nobody was refused: there is nobody to try again.', { status: campaign.status })
      }
      if (campaign.status !== 'paused') campaign.merge({ status: 'sending', finishedAt: null, notice: null })
      return { retried }
    }
  )

/** @param outcome what a person found out about those of whom nobody knew */
export const decideCampaign = (
  asked: Asked & { outcome: 'sent' | 'not_sent'; contactIds: number[] | null; reason: string | null; note: string }
) =>
  changeCampaign(
    asked,
    {
      from: ['sending', 'paused', 'sent', 'sent_with_problems', 'cancelled'],
      action: 'campaign.unconfirmed_decided',
      but: 'Nothing of it has left.',
    },
    async (campaign, trx) => {
      const { outcome, contactIds, reason, note } = asked
      const wasSent = outcome === 'sent'
      const { decided } = await decideUnconfirmed({ ...shipmentOf(campaign), wasSent, contactIds, reason, note, trx })
      if (decided === 0) {
        throw new CampaignInOtherState('Of nobody named here it is unknown whether they got it.', {
          status: campaign.status,
        })
      }
      return { outcome, decided, note }
    }
  )

const shipmentOf = ({ workspaceId, shipmentId }: Campaign) => ({ workspaceId, shipmentId: shipmentId! })
