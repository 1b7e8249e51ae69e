import type { HttpContext } from '@adonisjs/core/http'
import { failureForLog, keyedHash } from '#platform'
import { recordEngagement } from '../record_engagement.ts'
import type { Reader } from '../reader_urls.ts'
import type { SentCampaign } from '../sent_campaign.ts'
import { verdictOf } from '../verdict.ts'
import { isFlooding } from './flood.ts'

/** Notes a reaction. The reader gets an answer in any case: what cannot be stored is told to those who run it. */
export async function note(
  { request, logger }: HttpContext,
  {
    reader,
    campaign,
    kind,
    linkNo,
  }: { reader: Reader; campaign: SentCampaign; kind: 'open' | 'click'; linkNo: number | null }
) {
  if (isFlooding(request.ip())) return
  const userAgent = request.header('user-agent') ?? ''
  const sign = {
    kind,
    method: request.method(),
    userAgent,
    purpose: ['purpose', 'sec-purpose', 'x-purpose', 'x-moz'].map((name) => request.header(name) ?? '').join(' '),
    referrer: request.header('referer') ?? '',
  }
  try {
    await recordEngagement({
      ...reader,
      ...verdictOf(sign),
      month: campaign.month,
      kind,
      linkNo,
      method: sign.method,
      userAgent,
      ipHash: keyedHash(`ip:${reader.workspaceId}`, request.ip()),
      at: new Date(),
    })
  } catch (error) {
    logger.error({ failure: failureForLog(error), campaign_id: reader.campaignId }, `${kind} could not be stored`)
  }
}
