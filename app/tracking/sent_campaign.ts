import db from '@adonisjs/lucid/services/db'
import { loadEdition, resolveLink, type CompiledEdition } from '#content'
import type { Reader } from './reader_urls.ts'

export interface SentCampaign {
  /** The shipment's month: messages and engagements of one campaign live together. */
  month: string
  tracking: { opens: boolean; clicks: boolean }
  links: Map<number, string>
  edition: CompiledEdition
}

const MOST = 500
const known = new Map<string, SentCampaign>()

/**
 * What the doors need to know about a campaign. It is frozen with the sending, so each process may remember it; what
 * is not known yet is asked again. Reads `shipments`, which delivery owns.
 */
export async function sentCampaign({ workspaceId, campaignId }: Pick<Reader, 'workspaceId' | 'campaignId'>) {
  const key = `${workspaceId}/${campaignId}`
  const remembered = known.get(key)
  if (remembered) return remembered
  const shipment = await db.from('shipments').where({ workspace_id: workspaceId, campaign_id: campaignId }).first()
  if (!shipment) return null
  const edition = await loadEdition({ workspaceId, editionId: shipment.edition_id, db: db.connection() })
  const links = await db.from('links').where({ workspace_id: workspaceId, campaign_id: campaignId }).select('no', 'url')
  const campaign: SentCampaign = {
    month: shipment.month,
    tracking: edition.tracking,
    links: new Map(links.map(({ no, url }) => [no, url])),
    edition,
  }
  if (known.size >= MOST) known.delete(known.keys().next().value!)
  known.set(key, campaign)
  return campaign
}

/**
 * Where link `no` leads for this reader: an address of the registry. Merge tags in it are filled in with the values
 * that were stored when the message was sealed, never with anything from the request.
 */
export async function destinationOf(reader: Reader, no: number, campaign: SentCampaign): Promise<string | null> {
  const url = campaign.links.get(no) ?? (await newerLink(reader, no, campaign))
  if (url === undefined || !/\{\{|\{%/.test(url)) return url ?? null
  const { rows } = await db.rawQuery(
    `select person->'merge'->'contact' as contact
     from messages m
     join batches b on b.workspace_id = m.workspace_id and b.id = m.batch_id
     cross join lateral jsonb_array_elements(b.sealed) as person
     where m.workspace_id = ? and m.month = ? and m.campaign_id = ? and m.contact_id = ? and (person->>'id')::bigint = m.contact_id`,
    [reader.workspaceId, campaign.month, reader.campaignId, reader.contactId]
  )
  return resolveLink(url, { vars: { contact: rows[0]?.contact ?? {} }, edition: campaign.edition })
}

/** A letter that was changed while it went out has links that were not there when the campaign was remembered. */
async function newerLink({ workspaceId, campaignId }: Reader, no: number, campaign: SentCampaign) {
  const link = await db.from('links').where({ workspace_id: workspaceId, campaign_id: campaignId, no }).first()
  if (link) campaign.links.set(no, link.url)
  return link?.url as string | undefined
}
