import { test } from '@japa/runner'
import { compileEdition, expandFeed, renderCopy } from '#content'

const manner = { timezone: 'Europe/Vienna', locale: 'en' }
const post = (more: object = {}) => ({
  title: 'Plums',
  url: 'https://oven.test/1',
  summary: 'Ripe.',
  author: 'Ada',
  image: null,
  published_at: '2026-11-02T09:00:00.000Z',
  ...more,
})

function expanded(source: string, items: object[] = [post()], medium: 'markdown' | 'html' | 'text' = 'markdown') {
  return expandFeed(source, {
    feed: { title: 'The oven', url: null, items },
    medium,
    field: 'content.source',
    manner,
    time: new Date('2026-11-21T00:00:00Z'),
  })
}

/** What a reader gets of it. */
function mailOf(source: string, items: object[], kind: 'markdown' | 'html' = 'markdown') {
  const edition = compileEdition({
    workspace: { name: 'Bakery', postalAddress: '1 Street', timezone: 'UTC', locale: 'en' },
    topicName: 'News',
    from: { name: 'B', email: 'b@b.test' },
    replyTo: null,
    subject: 's',
    preheader: '',
    content: { kind, source: expanded(source, items, kind) },
    tracking: { opens: false, clicks: true },
  })
  const urls = {
    click: (no: number) => `https://c.test/${no}`,
    open: null,
    unsubscribe: 'https://u.test',
    preferences: 'https://p.test',
    confirm: 'https://k.test',
  }
  return {
    edition,
    ...renderCopy(edition, { vars: { contact: { email: 'ada@people.test', first_name: 'Ada' } }, urls }),
  }
}

const LIST = '{% for item in feed.items %}\n## [{{ item.title }}]({{ item.url }})\n\n{{ item.summary }}\n{% endfor %}'

test.group('A letter over a feed', () => {
  test('holds each item, with links that are counted', ({ assert }) => {
    const { edition, html } = mailOf(LIST, [post(), post({ title: 'Pears', url: 'https://oven.test/2?a=1&b=2' })])
    assert.deepEqual(
      edition.links.map(({ url }) => url),
      ['https://oven.test/1', 'https://oven.test/2?a=1&b=2']
    )
    assert.match(html, /<h2[^>]*><a href="https:\/\/c\.test\/2"[^>]*>Pears<\/a>/)
  })

  test('leaves the readers’ merge tags as they are', ({ assert }) => {
    const source =
      'Dear {{ contact.first_name | default: "friend" }},\n{% if contact.city %}x{% endif %}\n{{ feed.title }}'
    assert.equal(expanded(source), source.replace('{{ feed.title }}', 'The oven'))
  })

  test('takes what a feed says as text, whatever it contains', ({ assert }) => {
    const evil = post({
      title: '{{ contact.email }} {% if true %} <script>alert(1)</script> [x](javascript:alert(1)) **bold** `code` \\',
      summary: '# no heading ![p](https://evil.test/pixel.png) &lt;b&gt; <img src=x onerror=alert(1)>',
      url: 'https://oven.test/)<script>{{contact.email}}"\'',
    })
    for (const kind of ['markdown', 'html'] as const) {
      const source =
        kind === 'markdown'
          ? LIST
          : '{% for item in feed.items %}<h2><a href="{{ item.url }}">{{ item.title }}</a></h2><p>{{ item.summary }}</p>{% endfor %}'
      const { html, text } = mailOf(source, [evil], kind)
      assert.notInclude(html + text, 'ada@people.test')
      assert.notMatch(html, /<script|<img|<[^>]*onerror=|href="javascript:|<strong>bold/)
      assert.include(html, '&lt;script&gt;alert(1)&lt;/script&gt;')
      assert.include(html, '**bold**')
    }
  })

  test('writes plain lines for a subject', ({ assert }) => {
    assert.equal(expanded('{{ feed.items[0].title }}', [post({ title: 'A & B *c*' })], 'text'), 'A & B *c*')
  })

  test('knows dates and conditions', ({ assert }) => {
    const source =
      '{% if feed.items.size > 1 %}many{% else %}one: {{ feed.items[0].published_at | date: "%d.%m. %H:%M" }}{% endif %}'
    assert.equal(expanded(source, [post()], 'text'), 'one: 02.11. 10:00')
  })

  for (const [what, source, words] of [
    [
      'a reader’s value inside',
      '\n{% for item in feed.items %}{{ contact.first_name }}{% endfor %}',
      /Line 2: .*contact/,
    ],
    ['an assignment', '{% assign first = feed.items[0] %}', /assign/],
    ['a loop that is never closed', '{% for item in feed.items %}', /never closed/],
  ] as const) {
    test(`names the line of ${what}`, ({ assert }) => {
      assert.throws(() => expanded(source), words as never)
    })
  }
})
