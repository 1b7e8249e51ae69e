import { randomUUID } from 'node:crypto'
import limiter from '@adonisjs/limiter/services/main'
import db from '@adonisjs/lucid/services/db'
import { outcomeOfOne } from '#channels'
import { addressHash, addressKey } from '#consent'
import { channelFor } from '#delivery'
import { audit, type Actor, type Workspace } from '#identity'
import { touch } from '#platform'
import { InvalidCampaign, TestNotSent } from './errors.ts'
import { languagesOfLetters, languagesRead } from './letters.ts'
import { type Campaign } from './models/campaign.ts'
import { renderCampaign } from './render_campaign.ts'

/**
 * Sends the campaign to a few addresses of one's own, as one person would get it: marked [TEST], counted nowhere, with
 * ways out that say that there is nothing to leave. Addresses that are suppressed get no test either, nor do people who
 * left the topic; and so few leave in an hour that a test is no way around the sending. Where there are letters in several
 * languages, each that somebody of the audience reads; with a person or a language only that one, which is no test of the whole.
 */
export async function testCampaign({
  workspace,
  campaign,
  to,
  contactId,
  language,
  actor,
}: {
  workspace: Workspace
  campaign: Campaign
  to: string[]
  contactId?: number
  language?: string
  actor: Actor
}) {
  const addresses = [...new Set(to.map((address) => address.trim()))]
  await refuseSuppressed(workspace, addresses)
  await refuseWhoLeft(workspace, campaign, addresses)
  const isWhole = contactId === undefined && language === undefined
  const languages = isWhole ? await languagesRead(campaign) : [language ?? null]
  for (const _ of addresses.flatMap(() => languages)) {
    await limiter.use('database', perWorkspace).consume(`test-mails:${workspace.id}`)
  }
  const copies = []
  for (const one of languages) {
    const wish = { workspace, campaign, contactId, language: one ?? (isWhole ? campaign.language : null) ?? undefined }
    copies.push(await renderCampaign({ ...wish, live: false }))
  }
  const channel = await channelFor(workspace.id, { topicId: campaign.topicId ?? undefined })
  for (const { mail } of copies) {
    for (const address of addresses) {
      const test = {
        ...mail,
        to: address,
        subject: `[TEST] ${mail.subject}`,
        tags: { w: String(workspace.id), test: '1' },
      }
      const outcome = outcomeOfOne(await channel.send([test], { idempotencyKey: `assent-test-${randomUUID()}` }))
      if (outcome.kind !== 'accepted') throw new TestNotSent(`The test to ${address} was not sent: ${outcome.note}`)
    }
  }
  await remember({ workspace, campaign, addresses, isWhole: isWhole || !languagesOfLetters(campaign), actor })
  return {
    sent_to: addresses,
    subject: `[TEST] ${copies[0].mail.subject}`,
    through: channel.kind,
    warnings: copies.flatMap(({ warnings }) => warnings),
  }
}

const perWorkspace = { requests: 100, duration: '1 hour' }

const hashesOf = (workspace: Workspace, addresses: string[]) =>
  addresses.map((address) => addressHash(workspace.id, addressKey(address)))

/** Reads `contacts` and `consents` by SELECT. */
async function refuseWhoLeft(workspace: Workspace, { topicId, channel }: Campaign, addresses: string[]) {
  const { rows } = await db.rawQuery(
    `select c.id from contacts c
     join consents k on k.workspace_id = c.workspace_id and k.contact_id = c.id
     where c.workspace_id = ? and c.email_hash = any(?) and c.deleted_at is null
       and k.channel = ? and k.topic_id = ? and k.status = 'withdrawn' limit 1`,
    [workspace.id, hashesOf(workspace, addresses), channel, topicId] as any[]
  )
  if (rows.length > 0) {
    throw new InvalidCampaign('One of these people left this topic: nothing about it is sent there, not even a test.', {
      field: 'to',
    })
  }
}

async function refuseSuppressed(workspace: Workspace, addresses: string[]) {
  const suppressed = await db
    .from('suppressions')
    .where({ workspace_id: workspace.id, channel: 'email' })
    .whereIn('address_hash', hashesOf(workspace, addresses))
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
  isWhole,
  actor,
}: {
  workspace: Workspace
  campaign: Campaign
  addresses: string[]
  isWhole: boolean
  actor: Actor
}) {
  await db.transaction(async (trx) => {
    const itself = trx.from('campaigns').where({ workspace_id: workspace.id, id: campaign.id })
    if (isWhole) await itself.update({ tested_version: campaign.version })
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
