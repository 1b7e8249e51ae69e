import type { HttpContext } from '@adonisjs/core/http'
import { reviewCampaign } from '#compliance'
import { NotAllowed, type Membership } from '#identity'
import {
  cancelCampaign,
  decideCampaign,
  pauseCampaign,
  resumeCampaign,
  retryCampaign,
  sendInQuietHours,
  undoCampaign,
} from '../change_sending.ts'
import { InvalidCampaign } from '../errors.ts'
import { Campaign } from '../models/campaign.ts'
import { planCampaign } from '../plan_campaign.ts'
import { draftAsItWouldBe } from '../recurring/feed/with_feed.ts'
import { approveOccurrence } from '../recurring/approve_occurrence.ts'
import { reviseCampaign } from '../revise_campaign.ts'
import { scheduleCampaign, unscheduleCampaign } from '../schedule_campaign.ts'
import { sendCampaign } from '../send_campaign.ts'
import { withProgress } from './campaigns_controller.ts'
import {
  decideValidator,
  planValidator,
  reviseValidator,
  scheduleValidator,
  sendValidator,
} from './campaigns_validator.ts'

/** A campaign's way out: looked at, scheduled, sent, held, stopped. */
export default class CampaignSendingController {
  async preflight({ params, workspace }: HttpContext) {
    const campaign = await Campaign.present(workspace).findOrFail(params.id)
    return reviewCampaign({ workspace, draft: await draftAsItWouldBe(campaign, workspace) })
  }

  async plan({ params, request, workspace }: HttpContext) {
    const {
      at,
      timezone,
      over_hours: overHours,
      ignore_quiet_hours: ignoresQuietHours,
    } = await request.validateUsing(planValidator, { data: request.qs() })
    const campaign = await Campaign.present(workspace).findOrFail(params.id)
    return planCampaign({ workspace, campaign, at, isLocal: timezone === 'recipient', overHours, ignoresQuietHours })
  }

  async schedule({ params, request, workspace, membership, actor }: HttpContext) {
    const {
      at,
      timezone = 'workspace',
      waves,
      ignore_quiet_hours: ignoresQuietHours,
      version,
    } = await request.validateUsing(scheduleValidator)
    if (ignoresQuietHours) refuseUnlessRuler(membership)
    const isLocal = timezone === 'recipient'
    const overHours = waves?.over_hours
    return withProgress(
      await scheduleCampaign({ workspace, id: params.id, version, at, isLocal, overHours, ignoresQuietHours, actor })
    )
  }

  async unschedule({ params, workspace, actor }: HttpContext) {
    return withProgress(await unscheduleCampaign({ workspace, id: params.id, actor }))
  }

  async send({ params, request, response, workspace, membership, actor }: HttpContext) {
    const { ignore_quiet_hours: ignoresQuietHours, version } = await request.validateUsing(sendValidator)
    if (ignoresQuietHours) refuseUnlessRuler(membership)
    return response.accepted(
      await withProgress(await sendCampaign({ workspace, id: params.id, version, ignoresQuietHours, actor }))
    )
  }

  async approve({ params, workspace, actor }: HttpContext) {
    return withProgress(await approveOccurrence({ workspace, id: params.id, actor }))
  }

  async undo({ params, workspace, actor }: HttpContext) {
    return withProgress(await undoCampaign({ workspace, id: params.id, actor }))
  }

  async revise({ params, request, workspace, actor }: HttpContext) {
    const { reply_to: replyTo, version, ...words } = await request.validateUsing(reviseValidator)
    const changes = { ...words, ...(replyTo === undefined ? {} : { replyTo: replyTo || null }) }
    if (Object.keys(changes).length === 0)
      throw new InvalidCampaign('Say what is to change: subject, preheader, content, text, reply_to.')
    return withProgress(await reviseCampaign({ workspace, id: params.id, version, changes, actor }))
  }

  async pause({ params, workspace, actor }: HttpContext) {
    return withProgress(await pauseCampaign({ workspace, id: params.id, actor }))
  }

  async resume({ params, workspace, actor }: HttpContext) {
    return withProgress(await resumeCampaign({ workspace, id: params.id, actor }))
  }

  async ignoreQuietHours({ params, workspace, membership, actor }: HttpContext) {
    refuseUnlessRuler(membership)
    return withProgress(await sendInQuietHours({ workspace, id: params.id, actor }))
  }

  async cancel({ params, workspace, actor }: HttpContext) {
    return withProgress(await cancelCampaign({ workspace, id: params.id, actor }))
  }

  async decide({ params, request, workspace, actor }: HttpContext) {
    const { outcome, note, reason = null, contact_ids: ids } = await request.validateUsing(decideValidator)
    const contactIds = ids?.map(Number) ?? null
    return withProgress(await decideCampaign({ workspace, id: params.id, outcome, note, reason, contactIds, actor }))
  }

  async retry({ params, response, workspace, actor }: HttpContext) {
    return response.accepted(await withProgress(await retryCampaign({ workspace, id: params.id, actor })))
  }
}

/** Quiet hours are the workspace's promise to its readers: who may change the rule may break it for once. */
function refuseUnlessRuler(membership: Membership) {
  if (membership.mayNow('settings:write')) return
  throw new NotAllowed('Sending in quiet hours is for those who may change them.', { permission: 'settings:write' })
}
