import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { campaign } from '#tests/support/written_campaign'

/** What the review says about a campaign with these changes, by check id. */
async function review(client: any, changes: Record<string, unknown> = {}, prepare?: (made: any) => Promise<unknown>) {
  const made = await campaign(client, changes)
  await prepare?.(made)
  const answer = await made.api.get(`/${made.id}/preflight`)
  answer.assertStatus(200)
  const body = answer.body()
  const by = Object.fromEntries(body.checks.map((check: any) => [check.id, check]))
  return { ...made, ...body, by }
}

const level = (check: any) => check?.level

test.group('Pre-flight', () => {
  test('a good campaign is ready, and says whom it reaches and what is still only advice', async ({
    client,
    assert,
  }) => {
    const { verdict, checks, by, audience } = await review(client)
    assert.equal(verdict, 'ready')
    assert.deepEqual(
      checks.filter((check: any) => check.level === 'warn').map(({ id }: any) => id),
      ['provider', 'test']
    )
    assert.deepEqual(audience, { candidates: 3, mailable: 3, excluded: {} })
    assert.include(by.provider.message, 'Outbox')
    for (const id of [
      'topic',
      'audience',
      'from',
      'reply_to',
      'unsubscribe',
      'postal_address',
      'volume',
      'subject',
      'content',
      'merge_tags',
      'merge_values',
      'text_part',
      'size',
      'links',
      'images',
    ]) {
      assert.equal(level(by[id]), 'ok', id)
    }
  })

  const blocked: [string, Record<string, unknown>, string, RegExp][] = [
    ['no topic', { topic_id: null }, 'topic', /No topic/],
    ['nobody chosen', { audience: {} }, 'audience', /Nobody is chosen/],
    ['only strangers', { audience: { contact_ids: ['999999'] } }, 'audience', /None of 0/],
    ['a segment that is gone', { audience: { segment_ids: ['999999'] } }, 'audience', /gone/],
    ['no subject', { subject: '  ' }, 'subject', /no subject/],
    ['a false answer', { subject: 'RE: your order' }, 'subject', /pretends/],
    ['a false forward', { subject: 'Fwd: look' }, 'subject', /pretends/],
    ['no sender', { from: { name: 'x', email: '' } }, 'from', /no sender/],
    ['a sender that is no address', { from: { name: 'x', email: 'bluedoor' } }, 'from', /not an e-mail/],
    ['a reply address that is none', { reply_to: 'x' }, 'reply_to', /not an e-mail/],
    ['an empty mail', { content: { kind: 'markdown', source: ' ' } }, 'content', /empty/],
    ['a broken template', { content: { kind: 'markdown', source: 'a\n{% if contact.x %}' } }, 'content', /Line 2/],
    ['unknown merge tags', { subject: '{{ contact.shoe_size }}' }, 'merge_tags', /contact.shoe_size/],
    [
      'a loop over everything known',
      { content: { kind: 'markdown', source: '{% for x in contact %}{{ x }}{% endfor %}' } },
      'merge_tags',
      /Nothing is called contact/,
    ],
  ]
  for (const [what, changes, id, message] of blocked) {
    test(`blocks ${what}`, async ({ client, assert }) => {
      const { verdict, by } = await review(client, changes)
      assert.equal(verdict, 'blocked')
      assert.equal(level(by[id]), 'block')
      assert.match(by[id].message, message)
      assert.isString(by[id].fix)
    })
  }

  const warned: [string, Record<string, unknown>, string, RegExp][] = [
    ['nobody reads answers', { reply_to: 'no-reply@bluedoor.test' }, 'reply_to', /nobody reads/],
    [
      'a picture in the sender’s name',
      { from: { name: 'Blue Door 🎁', email: 'hello@bluedoor.test' } },
      'from_name',
      /picture/,
    ],
    [
      'a sender’s name that repeats the subject',
      { from: { name: 'Plums for you', email: 'hello@bluedoor.test' }, subject: 'Plums for you' },
      'from_name',
      /repeats/,
    ],
    ['a long subject', { subject: 'x'.repeat(160) }, 'subject', /160 characters/],
    [
      'a free mailbox as sender, while nothing leaves',
      { from: { name: 'x', email: 'bakery@gmail.com' } },
      'from',
      /free mail/,
    ],
    ['another domain than usual', { from: { name: 'x', email: 'x@other.test' } }, 'from', /usually send/],
    ['placeholders', { content: { kind: 'markdown', source: '[x](https://example.com/x)' } }, 'links', /placeholder/],
    ['shorteners', { content: { kind: 'markdown', source: '[x](https://bit.ly/x)' } }, 'links', /shorteners/],
    ['plain http', { content: { kind: 'markdown', source: '[x](http://bluedoor.test)' } }, 'links', /not encrypted/],
    ['links to nowhere', { content: { kind: 'markdown', source: '[x](/shop)' } }, 'links', /nowhere/],
    [
      'pictures without words',
      { content: { kind: 'markdown', source: 'x ![](https://bluedoor.test/a.png) ![a](https://bluedoor.test/b.png)' } },
      'images',
      /1 of 2 pictures has no alternative text/,
    ],
    [
      'its only picture without words',
      { content: { kind: 'markdown', source: 'x ![](https://bluedoor.test/a.png)' } },
      'images',
      /The picture has no alternative text/,
    ],
    [
      'only pictures',
      { content: { kind: 'markdown', source: '![a](https://bluedoor.test/a.png)' } },
      'text_part',
      /empty/,
    ],
    ['more than Gmail shows', { content: { kind: 'markdown', source: 'word '.repeat(25_000) } }, 'size', /102 KB/],
  ]
  for (const [what, changes, id, message] of warned) {
    test(`warns of ${what}`, async ({ client, assert }) => {
      const { by } = await review(client, changes)
      assert.equal(level(by[id]), 'warn')
      assert.match(by[id].message, message)
    })
  }

  test('counts who would see a gap, and a fallback or a condition closes it', async ({ client, assert }) => {
    const source = '{{ contact.first_name }} {{ contact.last_name }}'
    const { by } = await review(client, { content: { kind: 'markdown', source } })
    assert.equal(level(by.merge_values), 'warn')
    assert.deepEqual(by.merge_values.evidence.empty, { 'contact.last_name': 3 })
    for (const closed of [
      '{{ contact.last_name | default: "friend" }}',
      '{% if contact.last_name %}{{ contact.last_name }}{% endif %}',
    ]) {
      assert.equal(
        level((await review(client, { content: { kind: 'markdown', source: closed } })).by.merge_values),
        'ok'
      )
    }
  })

  test('own fields are known, and their gaps are counted too', async ({ client, assert }) => {
    const withField = ({ workspace }: any) =>
      db.table('contact_fields').insert({ workspace_id: workspace.id, key: 'city', label: 'City', type: 'text' })
    const { by } = await review(
      client,
      { content: { kind: 'markdown', source: '{{ contact.city }}' } },
      async (made) => {
        await withField(made)
        await db.from('contacts').where('id', made.ids[0]).update({ attributes: '{}' })
      }
    )
    assert.equal(level(by.merge_tags), 'ok')
    assert.deepEqual(by.merge_values.evidence.empty, { 'contact.city': 1 })
  })

  test('shows the excluded by reason', async ({ client, assert }) => {
    const { audience, by } = await review(client, {}, async ({ ids, workspace }) => {
      await db.from('consents').where({ workspace_id: workspace.id, contact_id: ids[0] }).delete()
    })
    assert.deepEqual(audience, { candidates: 3, mailable: 2, excluded: { none: 1 } })
    assert.include(by.audience.message, '2 of 3')
  })

  test('warns of a jump beyond twice the largest sending of a month', async ({ client, assert }) => {
    const { by } = await review(client, {}, ({ workspace }) =>
      db.table('shipments').insert({
        workspace_id: workspace.id,
        campaign_id: 999_999_999,
        month: '2026-11-01',
        topic_id: 1,
        edition_id: 1,
        state: 'finished',
        candidates: 1,
        mailable: 1,
      })
    )
    assert.equal(level(by.volume), 'warn')
    assert.include(by.volume.message, '(1)')
  })

  test('a missing postal address is advice while nothing leaves', async ({ client, assert }) => {
    const { verdict, by } = await review(client, {}, ({ workspace }) => workspace.merge({ postalAddress: null }).save())
    assert.equal(level(by.postal_address), 'warn')
    assert.equal(verdict, 'ready')
  })
})

test.group('Pre-flight, with a real provider', (group) => {
  group.each.setup(() => {
    const { RESEND_API_KEY: key, RESEND_BASE_URL: url } = process.env
    process.env.RESEND_API_KEY = 're_test_preflight'
    delete process.env.RESEND_BASE_URL
    return () => {
      if (key === undefined) delete process.env.RESEND_API_KEY
      else process.env.RESEND_API_KEY = key
      if (url !== undefined) process.env.RESEND_BASE_URL = url
    }
  })

  test('what would harm readers blocks: an address that only we can open, no postal address, a free mailbox', async ({
    client,
    assert,
  }) => {
    const { verdict, by } = await review(client, { from: { name: 'x', email: 'bakery@gmail.com' } }, ({ workspace }) =>
      workspace.merge({ postalAddress: ' ' }).save()
    )
    assert.equal(verdict, 'blocked')
    for (const id of ['unsubscribe', 'postal_address', 'from']) assert.equal(level(by[id]), 'block', id)
    assert.match(by.unsubscribe.message, /could not unsubscribe/)
  })

  test('what the last look found in the sender’s DNS blocks, until it is old', async ({ client, assert }) => {
    const finding = { id: 'dmarc', level: 'block', message: 'No DMARC record.', fix: 'Add it.', host: null }
    const look = (hoursAgo: number) =>
      review(client, {}, ({ workspace }) =>
        db.table('sending_domains').insert({
          workspace_id: workspace.id,
          domain: 'bluedoor.test',
          return_path: 'bluedoor.test',
          findings: JSON.stringify({ dmarc: finding }),
          checked_at: new Date(Date.now() - hoursAgo * 3_600_000),
        })
      )
    const { by } = await look(20)
    assert.containsSubset(by.dmarc, { level: 'block', fix: 'Add it.', evidence: { domain: 'bluedoor.test' } })
    assert.notProperty(by, 'domain_watch')
    const old = await look(50)
    assert.notProperty(old.by, 'dmarc')
    assert.equal(level(old.by.domain_watch), 'warn')
  })

  test('a stand-in for the provider harms nobody', async ({ client, assert }) => {
    process.env.RESEND_BASE_URL = 'http://127.0.0.1:9'
    const { verdict, by } = await review(client)
    delete process.env.RESEND_BASE_URL
    assert.equal(verdict, 'ready')
    assert.include(by.provider.message, 'stand-in')
  })
})
