import type { HttpContext } from '@adonisjs/core/http'
import { readReader } from '../reader_urls.ts'
import { sentCampaign } from '../sent_campaign.ts'
import { note } from './doors.ts'

const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

/** `GET /o/:token.gif`: always the same picture of one pixel, whoever asks for whatever. */
export default class OpensController {
  async show(ctx: HttpContext) {
    const reader = readReader(String(ctx.params.token).replace(/\.gif$/, ''))
    const campaign = reader && (await sentCampaign(reader))
    if (campaign?.tracking.opens) await note(ctx, { reader: reader!, campaign, kind: 'open', linkNo: null })
    ctx.response.header('content-type', 'image/gif')
    ctx.response.header('cache-control', 'private, no-store, max-age=0')
    ctx.response.header('x-robots-tag', 'noindex')
    return ctx.response.send(PIXEL)
  }
}
