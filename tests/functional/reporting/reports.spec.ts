import { test } from '@japa/runner'
import { Contact } from '#contacts'
import { plantDemo } from '#demo'
import { theSystem } from '#identity'
import { bakery } from '#tests/support/workspace'

test.group('Reports', (group) => {
  let demo: Awaited<ReturnType<typeof bakery>>

  group.setup(async () => {
    demo = await bakery()
    await plantDemo({ workspace: demo.workspace, actor: theSystem })
  })

  test("another workspace's campaign, and one that never was, are a 404", async ({ client }) => {
    const ours = await bakery()
    const [{ id }] = (await client.get('/api/v1/overview').bearerToken(demo.token)).body().recent_campaigns
    ;(await client.get(`/api/v1/campaigns/${id}/report`).bearerToken(ours.token)).assertStatus(404)
    ;(await client.get('/api/v1/campaigns/nonsense/report').bearerToken(ours.token)).assertStatus(404)
  })

  test('compares with other campaigns and with the median of the earlier ones', async ({ client, assert }) => {
    const { token } = demo
    const [last, before] = (await client.get('/api/v1/overview').bearerToken(token)).body().recent_campaigns
    const report = (
      await client.get(`/api/v1/campaigns/${last.id}/report?compare=${before.id},999999,x`).bearerToken(token)
    ).body()
    assert.deepEqual(
      report.comparison.map(({ id }: any) => id),
      [before.id]
    )
    assert.equal(report.median.campaigns, 5)
    assert.equal(report.series.step, 'day')
    const delivered = report.series.points.reduce((sum: number, point: any) => sum + point.delivered, 0)
    assert.isAtLeast(delivered, report.totals.delivered)
  })

  test('a list shows what was delivered and who clicked, as the reports say it', async ({ client, assert }) => {
    const { token } = demo
    const sent: { id: string }[] = (await client.get('/api/v1/overview').bearerToken(token)).body().recent_campaigns
    const ids = sent.map(({ id }) => id)
    const { data } = (
      await client.get(`/api/v1/campaigns/results?ids=${[...ids, 999_999].join(',')}`).bearerToken(token)
    ).body()
    assert.sameMembers(
      data.map(({ id }: any) => id),
      ids
    )
    for (const { id, ...results } of data) {
      const { rates } = (await client.get(`/api/v1/campaigns/${id}/report`).bearerToken(token)).body()
      assert.deepEqual(results, { delivered: rates.delivered, clicked: rates.clicked })
    }
    const stranger = await bakery()
    const others = await client.get(`/api/v1/campaigns/results?ids=${ids[0]}`).bearerToken(stranger.token)
    assert.deepEqual(others.body(), { data: [] })
    ;(await client.get('/api/v1/campaigns/results?ids=1,x').bearerToken(token)).assertStatus(422)
  })

  test('a person is counted once, by the best that is known of them', async ({ client, assert }) => {
    const { token } = demo
    const [{ id }] = (await client.get('/api/v1/overview').bearerToken(token)).body().recent_campaigns
    const { totals } = (await client.get(`/api/v1/campaigns/${id}/report`).bearerToken(token)).body()
    for (const { human, unknown, machine } of [totals.opened, totals.clicked]) {
      assert.isAtMost(human + unknown + machine, totals.accepted)
    }
  })

  test('a timeline tells everything about a person, newest first, page by page', async ({ client, assert }) => {
    const { token } = demo
    const ada = await Contact.of(demo.workspace).where('email_key', 'ada.lovett@mailbox.test').firstOrFail()
    const facts: any[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: any = (
        await client.get(`/api/v1/contacts/${ada.id}/timeline?limit=4&cursor=${cursor}`).bearerToken(token)
      ).body()
      facts.push(...page.data)
      cursor = page.next_cursor
    }
    assert.deepEqual(
      facts.map(({ at }) => at),
      facts
        .map(({ at }) => at)
        .toSorted()
        .reverse()
    )
    assert.includeMembers([...new Set(facts.map(({ kind }) => kind))], ['consent', 'mail'])
    assert.equal(new Set(facts.map(({ id }) => id)).size, facts.length)
  })

  test('a viewer may read reports; a token needs the scope', async ({ client }) => {
    const viewer = await bakery({ role: 'viewer' })
    ;(await client.get('/api/v1/overview').bearerToken(viewer.token)).assertStatus(200)
    const narrow = await bakery({ scopes: ['contacts:read'] })
    ;(await client.get('/api/v1/overview').bearerToken(narrow.token)).assertStatus(403)
  })
})
