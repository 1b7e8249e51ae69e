import { test } from '@japa/runner'
import { captureChannel } from '#channels'
import { recipientUrls } from '#tracking'
import { bakery, memberOf } from '#tests/support/workspace'

const mail = (no: number) => ({
  from: 'Blue Door Bakery <hello@bluedoor.test>',
  to: `p${no}@people.test`,
  subject: `Fresh bread, 50% off (${no})`,
  html: `<p>Fresh bread ${no}</p>`,
  text: `Fresh bread ${no}`,
  headers: { 'List-Unsubscribe': '<https://bakery.test/u/abc>' },
  tags: { c: '7', m: String(no) },
})

test.group('The Outbox', () => {
  test('shows what was captured, newest first, whole on demand', async ({ client, assert }) => {
    const { workspace, token } = await bakery()
    await captureChannel({ workspaceId: workspace.id }).send([mail(1), mail(2)], { idempotencyKey: 'k' })
    const list = await client.get('/api/v1/outbox').bearerToken(token)
    list.assertStatus(200)
    assert.deepEqual(
      list.body().data.map((one: any) => one.to),
      ['p2@people.test', 'p1@people.test']
    )
    assert.containsSubset(list.body().data[0], { campaign_id: '7', contact_id: '2' })
    const one = await client.get(`/api/v1/outbox/${list.body().data[1].id}`).bearerToken(token)
    one.assertBodyContains({ html: '<p>Fresh bread 1</p>', text: 'Fresh bread 1', headers: mail(1).headers })
  })

  test('the same key stores the same mails once and gives the same ids', async ({ client, assert }) => {
    const { workspace, token } = await bakery()
    const channel = captureChannel({ workspaceId: workspace.id })
    const first = await channel.send([mail(1)], { idempotencyKey: 'k' })
    assert.deepEqual(await channel.send([mail(1)], { idempotencyKey: 'k' }), first)
    assert.lengthOf((await client.get('/api/v1/outbox').bearerToken(token)).body().data, 1)
  })

  test('is searched by address and subject, literally', async ({ client, assert }) => {
    const { workspace, token } = await bakery()
    await captureChannel({ workspaceId: workspace.id }).send([mail(1), mail(23)], { idempotencyKey: 'k' })
    const found = async (q: string) =>
      (await client.get('/api/v1/outbox').qs({ q }).bearerToken(token)).body().data.length
    assert.equal(await found('p23@'), 1)
    assert.equal(await found('50% OFF'), 2)
    assert.equal(await found('p%people'), 0)
  })

  test('who may only look gets no way to speak for the reader', async ({ client, assert }) => {
    const { workspace, token } = await bakery()
    const viewer = await memberOf(workspace, { role: 'viewer' })
    const { unsubscribe, preferences } = recipientUrls({
      workspaceId: workspace.id,
      campaignId: 7,
      contactId: 1,
      baseUrl: 'https://bakery.test',
      tracking: { opens: true, clicks: true },
    })
    const text = `${preferences} and ${unsubscribe}`
    const html = `<a href="${preferences}">What you get</a>`
    const headers = { 'List-Unsubscribe': `<${unsubscribe}>` }
    await captureChannel({ workspaceId: workspace.id }).send([{ ...mail(1), text, html, headers }], {
      idempotencyKey: 'k',
    })
    const { id } = (await client.get('/api/v1/outbox').bearerToken(token)).body().data[0]
    const read = async (key: string) => (await client.get(`/api/v1/outbox/${id}`).bearerToken(key)).body()
    assert.containsSubset(await read(token), { text, html, headers })
    const seen = JSON.stringify(await read(viewer.token))
    assert.include(seen, 'https://bakery.test/p/test')
    for (const way of [unsubscribe, preferences]) assert.notInclude(seen, way)
  })

  test("another workspace's mail is a 404", async ({ client }) => {
    const [ours, theirs] = [await bakery(), await bakery()]
    await captureChannel({ workspaceId: theirs.workspace.id }).send([mail(1)], { idempotencyKey: 'k' })
    const { id } = (await client.get('/api/v1/outbox').bearerToken(theirs.token)).body().data[0]
    ;(await client.get(`/api/v1/outbox/${id}`).bearerToken(ours.token)).assertStatus(404)
  })
})
