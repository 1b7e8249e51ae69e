import type { HttpContext } from '@adonisjs/core/http'
import { Campaign } from '../models/campaign.ts'
import { renderCampaign } from '../render_campaign.ts'
import { revised, type Revision } from '../revise_campaign.ts'
import { testCampaign } from '../test_campaign.ts'
import { renderValidator, testValidator } from './campaigns_validator.ts'

/** What a person gets: to look at, and as a test in one's own inbox. */
export default class CampaignCopiesController {
  async render({ params, request, workspace, membership }: HttpContext) {
    const { contact_id: contactId, language, changes } = await request.validateUsing(renderValidator)
    const campaign = await Campaign.present(workspace).findOrFail(params.id)
    const { mail, person, edition, letter, warnings } = await renderCampaign({
      workspace,
      campaign: changes ? asIfChanged(campaign, changes) : campaign,
      contactId: contactId ?? undefined,
      language,
      /** A preview with working ways out is a key to people's choices: only for who may change those anyway. */
      live: membership.mayNow('consent:write'),
    })
    return {
      from: mail.from,
      to: mail.to,
      reply_to: mail.replyTo ?? null,
      subject: mail.subject,
      preheader: edition.preheader,
      html: mail.html,
      text: mail.text,
      headers: mail.headers,
      language: letter.language,
      contact_id: person.id === null ? null : String(person.id),
      size_bytes: Buffer.byteLength(mail.html),
      links: edition.links,
      warnings,
    }
  }

  async test({ params, request, response, workspace, actor }: HttpContext) {
    const { to, contact_id: contactId, language } = await request.validateUsing(testValidator)
    const campaign = await Campaign.present(workspace).findOrFail(params.id)
    return response.accepted(
      await testCampaign({ workspace, campaign, to, contactId: contactId ?? undefined, language, actor })
    )
  }
}

/** As it would be, compiled anew also where a letter has left already. */
function asIfChanged(
  campaign: Campaign,
  { reply_to: replyTo, ...words }: { reply_to?: string | null; [word: string]: unknown }
) {
  const changes = { ...words, ...(replyTo === undefined ? {} : { replyTo: replyTo || null }) }
  return revised(campaign, changes as Revision).merge({ editionId: null })
}
