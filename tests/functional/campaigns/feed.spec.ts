import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import db from '@adonisjs/lucid/services/db'
import { makeDueOccurrences, startDueCampaigns } from '#campaigns'
import { sendAllOf } from '#delivery'
import { audience } from '#tests/support/campaign'
import { feedServer, type Post } from '#tests/support/feed_server'
import { letTheWorkerWork } from '#tests/support/worker'

const posts: Post[] = [
  { id: 'rye', title: 'Rye is back', at: '2026-11-02T09:00:00Z' },
  { id: 'plum', title: 'Plum cake', at: '2026-11-03T09:00:00Z' },
]

/** The bakery's blog as a mail, every day. */
async function digest(client: any, { feed = {}, ...wish }: { feed?: object; [field: string]: unknown } = {}) {
  const blog = await feedServer(structuredClone(posts))
  const { workspace, token, topic, ids } = await audience({ people: 2 })
  const ask = (method: 'get' | 'post' | 'patch', path: string, body?: object) => {
    const asked = client[method](`/api/v1${path}`).bearerToken(token)
    return body ? asked.json(body) : asked
  }
  const made = await ask('post', '/recurring-campaigns', {
    name: 'From the oven',
    rule: 'FREQ=DAILY',
    feed: { url: blog.url, ...feed },
    ...wish,
  })
  made.assertStatus(201)
  const { id, campaign_id: letter } = made.body()
  const written = await ask('patch', `/campaigns/${letter}`, {
    topic_id: String(topic.id),
    audience: { contact_ids: ids.map(String) },
  })
  written.assertStatus(200)
  const mine = { workspaceId: workspace.id }
  return {
    blog,
    workspace,
    recurring: made.body(),
    id,
    letter,
    ask,
    look: async () => (await ask('get', `/recurring-campaigns/${id}`)).body(),
    begin: async () => (await ask('post', `/recurring-campaigns/${id}/resume`)).assertStatus(200),
    async comes({ hoursAgo = 0 } = {}) {
      const at = DateTime.utc().minus({ hours: hoursAgo, seconds: 1 }).toJSDate()
      await db
        .from('recurring_campaigns')
        .where({ workspace_id: workspace.id, id })
        .update({ next_at: at, due_at: at, busy_until: null })
      await makeDueOccurrences(mine)
      await startDueCampaigns(mine)
      await sendAllOf(mine)
      await letTheWorkerWork(workspace)
    },
    mails: async () =>
      (await db.from('captured_messages').where('workspace_id', workspace.id).orderBy('id')).map(
        (mail) => mail.subject
      ),
    html: async () =>
      (await db.from('captured_messages').where('workspace_id', workspace.id).orderBy('id', 'desc').first())
        .html as string,
  }
}

test.group('A feed as a mail', () => {
  test('holds what is new, newest first, and nothing twice', async ({ client, assert }) => {
    const { blog, begin, comes, mails, html } = await digest(client)
    await begin()
    await comes()
    assert.deepEqual(await mails(), ['Plum cake', 'Plum cake'])
    const first = await html()
    assert.isBelow(first.indexOf('Plum cake'), first.indexOf('Rye is back'))
    blog.posts.push({ id: 'bun', title: 'Buns & more', at: '2026-11-04T09:00:00Z' })
    await comes()
    assert.deepEqual((await mails()).slice(2), ['Buns & more', 'Buns & more'])
    const second = await html()
    assert.include(second, 'Buns &amp; more')
    assert.notInclude(second, 'Plum cake')
  })

  test('is not sent when nothing is new', async ({ client, assert }) => {
    const { blog, begin, comes, mails, look } = await digest(client)
    await begin()
    await comes()
    const before = blog.asked.length
    await comes()
    assert.lengthOf(await mails(), 2)
    assert.equal((await look()).occurrences[0].outcome, 'nothing_new')
    assert.exists(blog.asked[before]['if-none-match'])
  })

  test('has so many items at most; what came before them is not made up for', async ({ client, assert }) => {
    const { begin, comes, html, mails, look } = await digest(client, { feed: { most: 1 } })
    await begin()
    await comes()
    assert.notInclude(await html(), 'Rye is back')
    await comes()
    assert.lengthOf(await mails(), 2)
    assert.equal((await look()).occurrences[0].outcome, 'nothing_new')
  })

  test('that names an item twice, or all of them anew, has no news', async ({ client, assert }) => {
    const { blog, begin, comes, html, mails, look } = await digest(client)
    blog.posts.push({ ...blog.posts[1] })
    await begin()
    await comes()
    assert.lengthOf((await html()).match(/<h2[^>]*>.*?Plum cake/gs) ?? [], 1)
    for (const post of blog.posts) post.guid = `https://new.oven.test/?again=${post.id}`
    await comes()
    assert.lengthOf(await mails(), 2)
    assert.equal((await look()).occurrences[0].outcome, 'nothing_new')
    blog.posts.push({ id: 'plum-2', title: 'Plum cake', at: '2026-11-10T09:00:00Z' })
    await comes()
    assert.lengthOf(await mails(), 4)
  })

  test('is made of what the feed held then: a frozen edition of its own', async ({ client, assert }) => {
    const { blog, begin, comes, ask, look } = await digest(client)
    await begin()
    await comes()
    blog.posts[0].title = 'Something else'
    const [{ campaign }] = (await look()).occurrences
    const shown = (await ask('get', `/campaigns/${campaign.id}`)).body()
    assert.include(shown.content.source, 'Rye is back')
    const copy = (await ask('post', `/campaigns/${campaign.id}/render`, {})).body()
    assert.include(copy.html, 'Rye is back')
  })

  test('is previewed and reviewed with what the feed holds now', async ({ client, assert }) => {
    const { ask, letter, id } = await digest(client)
    const copy = (await ask('post', `/campaigns/${letter}/render`, {})).body()
    assert.equal(copy.subject, 'Plum cake')
    assert.include(copy.html, 'Rye is back')
    assert.deepEqual(copy.warnings, [])
    const review = (await ask('get', `/campaigns/${letter}/preflight`)).body()
    assert.equal(review.verdict, 'ready')
    const { feed, items } = (await ask('get', `/recurring-campaigns/${id}/feed`)).body()
    assert.equal(feed.title, 'The oven’s blog')
    assert.deepEqual(
      items.map(({ title, is_new: isNew }: any) => [title, isNew]),
      [
        ['Plum cake', true],
        ['Rye is back', true],
      ]
    )
  })

  test('that was held back told nobody: its items are new again', async ({ client, assert }) => {
    const { ask, letter, begin, comes, mails } = await digest(client)
    await begin()
    await ask('patch', `/campaigns/${letter}`, { from: { email: 'nobody' } })
    await comes()
    assert.deepEqual(await mails().then((all) => all.filter((subject) => subject === 'Plum cake')), [])
    await ask('patch', `/campaigns/${letter}`, { from: { email: 'hello@bluedoor.test' } })
    await comes()
    assert.lengthOf(
      (await mails()).filter((subject) => subject === 'Plum cake'),
      2
    )
  })

  test('waits for a feed that cannot be read, tells after three times, and then leaves this one out', async ({
    client,
    assert,
  }) => {
    const { blog, begin, comes, mails, look } = await digest(client)
    await begin()
    blog.answer = { status: 500 }
    await comes()
    await comes()
    assert.deepEqual(await mails(), [])
    await comes()
    assert.deepEqual(await mails(), ['The feed of “From the oven” cannot be read'])
    assert.containsSubset(await look(), {
      feed: { failures: 3, error: 'It answers with 500 instead of a feed.' },
      occurrences: [],
    })
    await comes({ hoursAgo: 2 })
    const { occurrences, feed } = await look()
    assert.equal(occurrences[0].outcome, 'feed_failed')
    assert.equal(feed.failures, 4)
    assert.equal((await mails()).at(-1), '“From the oven” was left out: its feed cannot be read')
    blog.answer = null
    await comes()
    assert.equal((await look()).feed.failures, 0)
    assert.lengthOf(
      (await mails()).filter((subject) => subject === 'Plum cake'),
      2
    )
  })

  test('is read by one worker at a time, and its occurrence made once', async ({ client, assert }) => {
    const { blog, workspace, begin, id, look } = await digest(client)
    await begin()
    const at = new Date(Date.now() - 1_000)
    await db.from('recurring_campaigns').where({ id }).update({ next_at: at, due_at: at })
    const before = blog.asked.length
    await Promise.all(Array.from({ length: 4 }, () => makeDueOccurrences({ workspaceId: workspace.id })))
    assert.equal(blog.asked.length - before, 1)
    assert.lengthOf((await look()).occurrences, 1)
  })

  test('names what is wrong with an address', async ({ client, assert }) => {
    const { blog, ask, id } = await digest(client)
    blog.answer = { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Hello</html>' }
    for (const url of [`${blog.url}?other`, 'ftp://oven.test/feed', 'not an address']) {
      const refused = await ask('patch', `/recurring-campaigns/${id}`, { feed: { url } })
      refused.assertStatus(422)
      assert.equal(refused.body().errors[0].field, 'feed.url')
    }
    delete process.env.ALLOW_PRIVATE_ADDRESSES
    const inside = await ask('patch', `/recurring-campaigns/${id}`, { feed: { url: 'http://127.0.0.1:5432/' } })
    inside.assertStatus(422)
    assert.match(inside.body().errors[0].message, /private network/)
  })

  test('names the line where a reader’s value stands inside it', async ({ client, assert }) => {
    const { ask, letter } = await digest(client)
    await ask('patch', `/campaigns/${letter}`, {
      content: { kind: 'markdown', source: 'Hello\n{% for item in feed.items %}{{ contact.first_name }}{% endfor %}' },
    })
    const refused = await ask('post', `/campaigns/${letter}/render`, {})
    refused.assertStatus(422)
    refused.assertBodyContains({ errors: [{ field: 'content.source', line: 2 }] })
    const review = (await ask('get', `/campaigns/${letter}/preflight`)).body()
    assert.equal(review.verdict, 'blocked')
    assert.match(review.checks[0].message, /Line 2/)
  })

  test('whose letter cannot be made of it is held back, and the team is told', async ({ client, assert }) => {
    const { ask, letter, begin, comes, mails, look } = await digest(client)
    await begin()
    const source = '{% for item in feed.items %}{{ contact.first_name }}{% endfor %}'
    await ask('patch', `/campaigns/${letter}`, { content: { kind: 'markdown', source } })
    await comes()
    const [{ outcome, campaign }] = (await look()).occurrences
    assert.deepEqual([outcome, campaign.status], ['held_back', 'draft'])
    assert.deepEqual(await mails(), [`“${campaign.name}” was not sent`])
  })
})
