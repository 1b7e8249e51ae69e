import db from '@adonisjs/lucid/services/db'
import { compileEdition, freezeEdition, type EditionInput } from '#content'
import type { Workspace } from '#identity'
import { registerLinks } from '#tracking'

/**
 * A campaign of the bakery that was sent a minute ago to Ada (contact 1 unless told otherwise), made with rows alone:
 * for the doors that only need what sending leaves behind.
 */
export async function sentCampaign(
  workspace: Workspace,
  {
    contactId = 1,
    campaignId = 7,
    topicId = 1,
    merge = {},
    ...changes
  }: Partial<EditionInput> & {
    contactId?: number
    campaignId?: number
    topicId?: number
    merge?: Record<string, unknown>
  } = {}
) {
  const edition = compileEdition({
    workspace: { ...workspace, postalAddress: workspace.postalAddress },
    topicName: 'Weekly specials',
    from: { name: 'Blue Door Bakery', email: 'hello@bluedoor.test' },
    replyTo: null,
    subject: 'Plums',
    preheader: '',
    content: {
      kind: 'markdown',
      source: ['one', 'two', 'three', 'four'].map((name) => `[${name}](https://bluedoor.test/${name})`).join(' '),
    },
    tracking: { opens: true, clicks: true },
    ...changes,
  })
  const month = `${new Date().toISOString().slice(0, 7)}-01`
  return db.transaction(async (trx) => {
    await trx.rawQuery('select ensure_month_partitions(?)', [month])
    const editionId = await freezeEdition({ workspaceId: workspace.id, edition, source: {}, trx })
    await registerLinks({ workspaceId: workspace.id, campaignId, links: edition.links, trx })
    const of = { workspace_id: workspace.id, campaign_id: campaignId, month }
    const [shipment] = await trx
      .insertQuery()
      .table('shipments')
      .returning('id')
      .insert({ ...of, edition_id: editionId, topic_id: topicId, state: 'finished', candidates: 1, mailable: 1 })
    const sealed = [{ id: contactId, email: 'ada@example.test', merge: { contact: merge } }]
    const [batch] = await trx
      .insertQuery()
      .table('batches')
      .returning('id')
      .insert({
        ...of,
        shipment_id: shipment.id,
        no: 0,
        contact_ids: [contactId],
        state: 'done',
        idempotency_key: `sent-${campaignId}`,
        edition_id: editionId,
        sealed: JSON.stringify(sealed),
      })
    const aMinuteAgo = new Date(Date.now() - 60_000)
    await trx
      .insertQuery()
      .table('messages')
      .insert({
        ...of,
        contact_id: contactId,
        batch_id: batch.id,
        position: 0,
        state: 'delivered',
        email: 'ada@example.test',
        accepted_at: aMinuteAgo,
        delivered_at: aMinuteAgo,
      })
    return { workspaceId: workspace.id, campaignId, contactId, edition, editionId, month }
  })
}
