import type { HttpContext } from '@adonisjs/core/http'
import { messages, receipt, receiptCsv, signedReceipt } from '#delivery'
import { pageRequest } from '#platform'
import { NeverSent } from '../errors.ts'
import { Campaign } from '../models/campaign.ts'
import { listMessagesOfValidator } from './campaigns_validator.ts'

/** The account of a sending: everyone of its audience, by name and reason. */
export default class CampaignAccountsController {
  async receipt({ params, workspace }: HttpContext) {
    return theirs(await receipt(await sending(params.id, workspace)))
  }

  async receiptCsv({ params, response, workspace }: HttpContext) {
    const lines = theirs(await receiptCsv(await sending(params.id, workspace)))
    response.header('content-type', 'text/csv; charset=utf-8')
    response.header('content-disposition', `attachment; filename="campaign-${params.id}-receipt.csv"`)
    return response.stream(lines)
  }

  async signedReceipt({ params, response, workspace }: HttpContext) {
    const campaign = await Campaign.present(workspace).findOrFail(params.id)
    const zip = theirs(await signedReceipt({ workspace, campaign }))
    response.header('content-type', 'application/zip')
    response.header('content-disposition', `attachment; filename="campaign-${campaign.id}-receipt.zip"`)
    return response.stream(zip)
  }

  async messages(ctx: HttpContext) {
    const narrow = await ctx.request.validateUsing(listMessagesOfValidator, { data: ctx.request.qs() })
    return messages({
      ...(await sending(ctx.params.id, ctx.workspace)),
      ...pageRequest(ctx),
      ...narrow,
    })
  }
}

async function sending(id: string, workspace: { id: number }) {
  const campaign = await Campaign.present(workspace).findOrFail(id)
  return { workspaceId: workspace.id, campaignId: campaign.id }
}

function theirs<T>(account: T | null): T {
  if (account === null) throw new NeverSent('This campaign was never sent: there is no account of it yet.')
  return account
}
