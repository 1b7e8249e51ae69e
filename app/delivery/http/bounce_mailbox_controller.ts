import type { HttpContext } from '@adonisjs/core/http'
import { NoBounceMailbox } from '../errors.ts'
import { keepMailbox, removeMailbox } from '../feedback/mailbox/keep_mailbox.ts'
import { mailboxJson } from '../feedback/mailbox/mailbox_json.ts'
import { redirectUriOf } from '../feedback/mailbox/oauth/begin_sign_in.ts'
import { tryOwnMailbox } from '../feedback/mailbox/try_mailbox.ts'
import { BounceMailbox } from '../models/bounce_mailbox.ts'
import { mailboxValidator } from './bounce_mailbox_validator.ts'

/** `/bounce-mailbox`: where the bounces of what is sent by SMTP come to. Password, client secret and tokens go in and never come out. */
export default class BounceMailboxController {
  async show({ workspace }: HttpContext) {
    const mailbox = await BounceMailbox.of(workspace).first()
    return { mailbox: mailbox ? await mailboxJson(mailbox) : null, redirect_uri: redirectUriOf(workspace.id) }
  }

  async update({ request, workspace, actor }: HttpContext) {
    const input = await request.validateUsing(mailboxValidator)
    const { after_reading: afterReading = 'seen', move_to: moveTo = null, folder = 'INBOX', password, ...place } = input
    const settings = { ...place, folder, afterReading, moveTo }
    const mailbox = await keepMailbox({ workspaceId: workspace.id, settings, login: { password }, actor })
    return { mailbox: await mailboxJson(mailbox) }
  }

  async destroy({ response, workspace, actor }: HttpContext) {
    await removeMailbox({ workspaceId: workspace.id, actor })
    return response.noContent()
  }

  /** Signs in with what is stored and opens the folder; nothing is read or changed. */
  async test({ workspace }: HttpContext) {
    const mailbox = await BounceMailbox.of(workspace).first()
    if (!mailbox) throw new NoBounceMailbox('There is no bounce mailbox yet. Save one first.')
    const { mails } = await tryOwnMailbox(mailbox, mailbox)
    return { ok: true as const, mails }
  }
}
