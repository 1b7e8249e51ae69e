import type { HttpContext } from '@adonisjs/core/http'
import { keysetPage, pageRequest } from '#platform'
import { CapturedMessage } from '../models/captured_message.ts'

/** `GET /outbox`: the mails that were captured because no provider is set. */
export default class OutboxController {
  async index(ctx: HttpContext) {
    const query = CapturedMessage.of(ctx.workspace).where('private', false)
    const wanted = String(ctx.request.input('q', '')).trim()
    if (wanted) query.whereRaw('(to_address || chr(10) || subject) ilike ?', [`%${escapeLike(wanted)}%`])
    const campaign = String(ctx.request.input('campaign_id', ''))
    if (/^\d{1,15}$/.test(campaign)) query.where('campaign_id', Number(campaign))
    return keysetPage(query.select(LISTED), {
      ...pageRequest(ctx),
      sort: [{ column: 'id', direction: 'desc', value: (mail: CapturedMessage) => mail.id }],
      toJson: mailJson,
    })
  }

  async show(ctx: HttpContext) {
    const mail = await CapturedMessage.of(ctx.workspace).where('private', false).findOrFail(ctx.params.id)
    const { membership } = ctx
    const shown = <T extends string | null>(text: T) =>
      withoutKeys(text, { choices: membership.mayNow('consent:write'), rights: membership.mayNow('contacts:erase') })
    const headers = Object.entries(mail.headers as Record<string, string>)
    return {
      ...mailJson(mail),
      html: shown(mail.html),
      text: shown(mail.text),
      headers: Object.fromEntries(headers.map(([name, value]) => [name, shown(value)])),
      tags: mail.tags as Record<string, string>,
    }
  }
}

/**
 * A way out is a key to its reader's choices, a confirmation speaks for its reader, and a link to what they asked for by right one to their data: only for who may
 * do that anyway. Others get the one that opens nothing.
 */
const withoutKeys = <T extends string | null>(text: T, may: { choices: boolean; rights: boolean }) =>
  (text?.replace(/(\/(?:[upkr]|confirm)\/|unsubscribe\.)[\w-]{17,120}/g, (link, door) =>
    (door === '/r/' ? may.rights : may.choices) ? link : `${door}test`
  ) ?? null) as T

const LISTED = ['id', 'from_address', 'to_address', 'subject', 'campaign_id', 'contact_id', 'created_at']

const escapeLike = (text: string) => text.replace(/[\\%_]/g, '\\$&')

const mailJson = (mail: CapturedMessage) => ({
  id: String(mail.id),
  from: mail.fromAddress,
  to: mail.toAddress,
  subject: mail.subject,
  campaign_id: mail.campaignId === null ? null : String(mail.campaignId),
  contact_id: mail.contactId === null ? null : String(mail.contactId),
  created_at: mail.createdAt.toUTC().toISO()!,
})
