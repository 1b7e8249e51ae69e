import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { FIREFOX, urlsOf } from '#tests/support/reader'
import { bakery } from '#tests/support/workspace'
import { sentCampaign } from '#tests/support/sent_campaign'

async function engagements({ workspaceId }: { workspaceId: number }) {
  return db.from('engagements').where('workspace_id', workspaceId).orderBy('id')
}

test.group('The link door', () => {
  test('leads to the registered address, and a person counts as one', async ({ client, assert }) => {
    const { workspace } = await bakery()
    const sent = await sentCampaign(workspace)
    const answer = await client.get(urlsOf(sent).click(2)!).header('user-agent', FIREFOX).redirects(0)
    answer.assertStatus(302)
    answer.assertHeader('location', 'https://bluedoor.test/two')
    assert.isUndefined(answer.header('set-cookie'))
    const [click, ...more] = await engagements(sent)
    assert.lengthOf(more, 0)
    assert.include(click, {
      kind: 'click',
      link_no: 2,
      verdict: 'human',
      rule: 'none',
      contact_id: 1,
      campaign_id: 7,
      month: sent.month,
    })
    assert.lengthOf(click.ip_hash, 16)
    assert.notInclude(JSON.stringify(click), '127.0.0.1')
  })

  test('fills in merge tags of the address from the stored values, never from the request', async ({ client }) => {
    const { workspace } = await bakery()
    const sent = await sentCampaign(workspace, {
      content: {
        kind: 'html',
        source: '<a href="https://bluedoor.test/{{ contact.city }}?to={{ contact.site }}">x</a>',
      },
      merge: { city: 'Zürich', site: 'https://evil.test/' },
    })
    const answer = await client.get(`${urlsOf(sent).click(1)}?url=https://evil.test&city=evil`).redirects(0)
    answer.assertHeader('location', 'https://bluedoor.test/Z%C3%BCrich?to=https%3A%2F%2Fevil.test%2F')
  })

  test('whatever we did not sign, and whatever number is not there, is a kind 404', async ({ client, assert }) => {
    const { workspace } = await bakery()
    const sent = await sentCampaign(workspace)
    const token = urlsOf(sent).click(1)!.split('/').at(-1)!
    const leave = urlsOf(sent).unsubscribe.split('/').at(-1)
    const wrong = [
      'x',
      'https:%2F%2Fevil.test',
      `${token.slice(0, 5)}${token[5] === 'A' ? 'B' : 'A'}${token.slice(6)}`,
      token.replace(/\.1$/, '.9'),
      token.replace(/\.1$/, ''),
      `${leave}.1`,
      `${token}.1`,
    ]
    for (const bad of wrong) {
      const answer = await client.get(`/c/${bad}`).redirects(0)
      answer.assertStatus(404)
      assert.include(answer.text(), 'leads nowhere')
    }
    assert.lengthOf(await engagements(sent), 0)
  })

  test('HEAD is answered and counts as a machine', async ({ client, assert }) => {
    const { workspace } = await bakery()
    const sent = await sentCampaign(workspace)
    const answer = await client.head(urlsOf(sent).click(1)!).header('user-agent', FIREFOX).redirects(0)
    answer.assertStatus(302)
    const [click] = await engagements(sent)
    assert.include(click, { verdict: 'machine', rule: 'method', method: 'HEAD' })
  })

  test('three different links within two seconds are a machine, also those that looked human before', async ({
    client,
    assert,
  }) => {
    const { workspace } = await bakery()
    const sent = await sentCampaign(workspace)
    const click = (no: number) => client.get(urlsOf(sent).click(no)!).header('user-agent', FIREFOX).redirects(0)
    await click(1)
    await click(2)
    assert.deepEqual(
      (await engagements(sent)).map(({ verdict }) => verdict),
      ['human', 'human']
    )
    await click(3)
    await click(4)
    assert.deepEqual(
      (await engagements(sent)).map(({ verdict, rule }) => `${verdict} ${rule}`),
      Array.from({ length: 4 }, () => 'machine burst')
    )
  })

  test('the same burst at once is judged the same; one link three times is not a burst', async ({ client, assert }) => {
    const { workspace } = await bakery()
    const sent = await sentCampaign(workspace)
    const click = (no: number) => client.get(urlsOf(sent).click(no)!).header('user-agent', FIREFOX).redirects(0)
    await Promise.all([click(1), click(1), click(1)])
    assert.isTrue((await engagements(sent)).every(({ verdict }) => verdict === 'human'))
    const other = await sentCampaign(workspace, { campaignId: 8 })
    await Promise.all(
      [1, 2, 3].map((no) => client.get(urlsOf(other).click(no)!).header('user-agent', FIREFOX).redirects(0))
    )
    const rows = (await engagements(other)).filter(({ campaign_id: id }) => id === 8)
    assert.isTrue(rows.every(({ rule }) => rule === 'burst'))
  })

  test('faster than two seconds after delivery is no reader', async ({ client, assert }) => {
    const { workspace } = await bakery()
    const sent = await sentCampaign(workspace)
    await db.from('messages').where('workspace_id', workspace.id).update({ delivered_at: new Date() })
    await client.get(urlsOf(sent).click(1)!).header('user-agent', FIREFOX).redirects(0)
    assert.include((await engagements(sent))[0], { verdict: 'machine', rule: 'too_fast' })
  })

  test('a hundred clicks at once are all stored before they are answered', async ({ client, assert }) => {
    const { workspace } = await bakery()
    const sent = await sentCampaign(workspace)
    await Promise.all(
      Array.from({ length: 100 }, () => client.get(urlsOf(sent).click(1)!).header('user-agent', FIREFOX).redirects(0))
    )
    assert.lengthOf(await engagements(sent), 100)
  })

  test('a campaign that does not count leads on and stores nothing', async ({ client, assert }) => {
    const { workspace } = await bakery()
    const sent = await sentCampaign(workspace, { tracking: { opens: false, clicks: false } })
    ;(await client.get(urlsOf(sent).click(1)!).redirects(0)).assertStatus(302)
    ;(await client.get(urlsOf(sent).open!)).assertStatus(200)
    assert.lengthOf(await engagements(sent), 0)
  })
})

test.group('The pixel', () => {
  test('is always the same picture, stored by nobody', async ({ client, assert }) => {
    const { workspace } = await bakery()
    const sent = await sentCampaign(workspace)
    for (const path of [urlsOf(sent).open!, '/o/nonsense.gif', '/o/x']) {
      const answer = await client.get(path)
      answer.assertStatus(200)
      answer.assertHeader('content-type', 'image/gif')
      assert.include(answer.header('cache-control'), 'no-store')
      assert.isUndefined(answer.header('set-cookie'))
    }
    assert.lengthOf(await engagements(sent), 1)
  })

  for (const [agent, headers, expected] of [
    [FIREFOX, {}, 'human none'],
    ['', {}, 'machine no_user_agent'],
    ['Mozilla/5.0', {}, 'machine apple_privacy'],
    [
      'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)',
      {},
      'unknown gmail_proxy',
    ],
    ['YahooMailProxy; https://help.yahoo.com', {}, 'unknown yahoo_proxy'],
    ['Barracuda Sentinel (EE)', {}, 'machine scanner'],
    ['Go-http-client/1.1', {}, 'machine scanner'],
    [FIREFOX, { 'sec-purpose': 'prefetch;prerender' }, 'machine prefetch'],
    [FIREFOX, { 'x-moz': 'prefetch' }, 'machine prefetch'],
  ] as [string, Record<string, string>, string][]) {
    test(`asked for by "${agent.slice(0, 40)}" ${JSON.stringify(headers)} is ${expected}`, async ({
      client,
      assert,
    }) => {
      const { workspace } = await bakery()
      const sent = await sentCampaign(workspace)
      const request = client.get(urlsOf(sent).open!).header('user-agent', agent)
      for (const [name, value] of Object.entries(headers)) request.header(name, value)
      await request
      const [open] = await engagements(sent)
      assert.equal(`${open.verdict} ${open.rule}`, expected)
    })
  }
})
