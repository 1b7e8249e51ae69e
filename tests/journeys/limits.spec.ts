import { readFileSync } from 'node:fs'
import { test } from '@japa/runner'
import { unzipSync } from 'fflate'
import db from '@adonisjs/lucid/services/db'
import { applyEvents, refreshQuotas, sendAllOf } from '#delivery'
import { knownPaces } from '#app/delivery/domain_pace/paces'
import { connect } from '#tests/support/campaign'
import { plantPeople, plantTopic, record } from '#tests/support/consent'
import { assertAccessible, journey } from '#tests/support/journey'
import { standIn } from '#tests/support/stand_in'
import { bakery } from '#tests/support/workspace'

/** The bakery with 60 readers at gmail.com and 140 elsewhere, at a provider with such quotas, and a draft to all of them. */
async function bakeryWithLimits(client: any, cleanup: (undo: () => void) => void, options: Record<string, unknown>) {
  const provider = await standIn(options)
  const before = process.env.RESEND_BASE_URL
  process.env.RESEND_BASE_URL = provider.url
  cleanup(() => {
    if (before === undefined) delete process.env.RESEND_BASE_URL
    else process.env.RESEND_BASE_URL = before
  })
  const addresses = Array.from({ length: 200 }, (_, no) => `p${no}@${no < 60 ? 'gmail.com' : 'people.test'}`)
  const { workspace, user, token } = await bakery()
  const topic = await plantTopic(workspace)
  const ids = await plantPeople(workspace, addresses)
  await record(workspace, topic, ids)
  const { account } = await connect(workspace)
  const ask = async (path: string, body: object) =>
    (await client.post(`/api/v1${path}`).bearerToken(token).json(body)).body()
  const { id } = await ask('/campaigns', {
    name: 'Fresh on Friday',
    topic_id: String(topic.id),
    audience: { contact_ids: ids.map(String) },
    from: { name: 'Blue Door Bakery', email: 'news@bakery.test' },
    subject: 'Bread on Friday',
    content: { kind: 'markdown', source: 'Hello, [fresh bread](https://bluedoor.test/bread).' },
  })
  return {
    provider,
    workspace,
    user,
    account,
    id,
    path: `/w/${workspace.id}/campaigns/${id}`,
    /** It leaves at once, without a first wave. */
    async send() {
      await ask(`/campaigns/${id}/send`, {})
      await db
        .from('shipments')
        .where({ workspace_id: workspace.id })
        .update({ not_before: new Date(0), released: null })
    },
    leave: () => sendAllOf({ workspaceId: workspace.id }),
  }
}

test.group('The limits of a sending', () => {
  test('a quota that is too small is told in the review, and on the way', async ({
    browserContext,
    client,
    assert,
    cleanup,
  }) => {
    const story = await bakeryWithLimits(client, cleanup, { dailyQuota: 130 })
    const { page, open, complaints } = await journey(browserContext, story.user)
    await open(story.path)
    await page.getByRole('button', { name: 'Review and send' }).click()
    await page.getByText(/You may send 130 more until .* this campaign needs 200\./).waitFor()
    await page.getByText(/^70 get it later/).waitFor()
    await assertAccessible(page)
    await story.send()
    await refreshQuotas({ workspaceId: story.workspace.id })
    await open(story.path)
    await page.getByText('The provider takes 130 more mails for now').waitFor()
    await page.getByText(/70 people wait until it begins anew on/).waitFor()
    await assertAccessible(page)
    await story.leave()
    await page.getByText('The provider’s quota is used up.').waitFor()
    assert.deepEqual(complaints, [])
  })

  test('a mailbox provider that asks for patience is named; the receipt can be taken away, signed', async ({
    browserContext,
    client,
    assert,
    cleanup,
  }) => {
    const story = await bakeryWithLimits(client, cleanup, {})
    await db.table('domain_paces').insert({
      account: story.account,
      domain: 'gmail.com',
      per_minute: 7,
      last_deferral_at: new Date(),
      tokens: -1_000,
    })
    await story.send()
    await knownPaces({ fresh: true })
    await story.leave()
    await applyEvents({ workspaceId: story.workspace.id })
    const { page, open, complaints } = await journey(browserContext, story.user)
    await open(story.path)
    await page.getByText('A mailbox provider asked for slower delivery').waitFor()
    await page.getByText(/^gmail\.com: 420 an hour\. 60 people wait/).waitFor()
    await assertAccessible(page)
    await open(`${story.path}/report?tab=receipt`)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download signed receipt' }).click(),
    ])
    const files = unzipSync(new Uint8Array(readFileSync(await download.path())))
    assert.sameMembers(Object.keys(files), ['receipt.csv', 'receipt.json', 'receipt.json.sig', 'README.txt'])
    assert.equal(JSON.parse(Buffer.from(files['receipt.json']).toString()).status, 'interim')
    await assertAccessible(page)
    assert.deepEqual(complaints, [])
  })
})
