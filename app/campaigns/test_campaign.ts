import { randomUUID } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import { addressHash, addressKey } from '#consent'
import { channelFor } from '#delivery'
import { audit, type Actor, type Workspace } from '#identity'
import { touch } from '#platform'
import { InvalidCampaign, TestNotSent } from './errors.ts'
import { type Campaign } from './models/campaign.ts'
import { renderCampaign } from './render_campaign.ts'

/**
 * Sends the campaign to a few addresses of one's own, as one person would get it: marked [TEST], counted nowhere, with
 * ways out that say that there is nothing to leave. Addresses that are suppressed get no test either.
 */
export async function testCampaign({
  workspace,
  campaign,
  to,
  contactId,
  actor,
}: {
  workspace: Workspace
  campaign: Campaign
  to: string[]
  contactId?: number
  actor: Actor
}) {
  const addresses = [...new Set(to.map((address) => address.trim()))]
  await refuseSuppressed(workspace, addresses)
  const { mail, warnings } = await renderCampaign({ workspace, campaign, contactId, live: false })
  const channel = await channelFor(workspace.id)
  for (const address of addresses) {
    const test = {
      ...mail,
      to: address,
      subject: `[TEST] ${mail.subject}`,
      tags: { w: String(workspace.id), test: '1' },
    }
    const outcome = await channel.send([test], { idempotencyKey: `assent-test-${randomUUID()}` })
    if (outcome.kind !== 'accepted') throw new TestNotSent(`The test to ${address} was not sent: ${outcome.note}`)
  }
  await remember({ workspace, campaign, addresses, actor })
  return { sent_to: addresses, subject: `[TEST] ${mail.subject}`, through: channel.kind, warnings }
}

async function refuseSuppressed(workspace: Workspace, addresses: string[]) {
  const suppressed = await db
    .from('suppressions')
    .where({ workspace_id: workspace.id, channel: 'email' })
    .whereIn(
      'address_hash',
      addresses.map((address) => addressHash(workspace.id, addressKey(address)))
    )
    .first()
  if (suppressed) {
    throw new InvalidCampaign('One of these addresses is suppressed: nothing is sent there, not even a test.', {
      field: 'to',
    })
  }
}

async function remember({
  workspace,
  campaign,
  addresses,
  actor,
}: {
  workspace: Workspace
  campaign: Campaign
  addresses: string[]
  actor: Actor
}) {
  await db.transaction(async (trx) => {
    await trx
      .from('campaigns')
      .where({ workspace_id: workspace.id, id: campaign.id })
      .update({ tested_version: campaign.version })
    await audit('campaign.tested', {
      workspaceId: workspace.id,
      actor,
      subject: { type: 'campaign', id: campaign.id },
      details: { addresses: addresses.length },
      trx,
    })
    await touch(trx, workspace.id, [`campaigns/${campaign.id}`])
  })
}
