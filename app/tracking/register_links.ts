import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Link } from '#content'

/** The only addresses that our redirect ever leads to, by campaign and number. */
export async function registerLinks({
  workspaceId,
  campaignId,
  links,
  trx,
}: {
  workspaceId: number
  campaignId: number
  links: Link[]
  trx: TransactionClientContract
}) {
  if (links.length === 0) return
  await trx
    .insertQuery()
    .table('links')
    .multiInsert(
      links.map(({ no, url, label }) => ({ workspace_id: workspaceId, campaign_id: campaignId, no, url, label }))
    )
}

/** Of a campaign of which nothing has left. */
export const forgetLinks = ({
  workspaceId,
  campaignId,
  trx,
}: {
  workspaceId: number
  campaignId: number
  trx: TransactionClientContract
}) => trx.from('links').where({ workspace_id: workspaceId, campaign_id: campaignId }).delete()

/** The first number that no link of this campaign has. */
export async function nextLinkNo({
  workspaceId,
  campaignId,
  trx,
}: {
  workspaceId: number
  campaignId: number
  trx: TransactionClientContract
}): Promise<number> {
  const last = await trx
    .from('links')
    .where({ workspace_id: workspaceId, campaign_id: campaignId })
    .max('no as no')
    .first()
  return Number(last?.no ?? 0) + 1
}
