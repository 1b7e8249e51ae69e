import type { HttpContext } from '@adonisjs/core/http'
import { publicPage } from '#platform'
import { readReader } from '../reader_urls.ts'
import { destinationOf, sentCampaign } from '../sent_campaign.ts'
import { note } from './doors.ts'

/** `GET /c/:token`: 302 to a link of the registry, never to an address from the request. */
export default class ClicksController {
  async show(ctx: HttpContext) {
    const [token, no = '', more] = String(ctx.params.token).split('.')
    const reader = more === undefined && /^[0-9a-z]{1,4}$/.test(no) ? readReader(token) : null
    const campaign = reader && (await sentCampaign(reader))
    const linkNo = Number.parseInt(no, 36)
    const url = campaign && (await destinationOf(reader, linkNo, campaign))
    if (!url) {
      ctx.response.status(404)
      return publicPage(ctx, 'public/no_such_link')
    }
    if (campaign.tracking.clicks) await note(ctx, { reader, campaign, kind: 'click', linkNo })
    ctx.response.header('cache-control', 'private, no-store')
    ctx.response.header('referrer-policy', 'no-referrer')
    ctx.response.header('x-robots-tag', 'noindex')
    return ctx.response.status(302).header('location', inAscii(url)).send('')
  }
}

/** A header holds ASCII only: a person's ü is encoded, what is encoded already stays as it is. */
const inAscii = (url: string) => url.replace(/[^\x21-\x7e]+/gu, encodeURIComponent)
