import { test } from '@japa/runner'
import { readFeed } from '#app/campaigns/recurring/feed/read_feed'

const read = (text: string, contentType?: string) =>
  readFeed(Buffer.from(text), { url: 'https://b.test/feed', contentType })
const rss = (item: string) =>
  `<?xml version="1.0"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Bread &amp; co</title><link>https://b.test/</link>${item}</channel></rss>`

test.group('A feed', () => {
  test('is read from RSS', ({ assert }) => {
    const feed = read(
      rss(`<item><title>Plums &lt;b&gt;x&lt;/b&gt;</title><link>/1</link><guid isPermaLink="false">g1</guid><dc:creator>Ada</dc:creator>
        <description><![CDATA[<p>Hello&nbsp;you</p><script>alert(1)</script><p>there</p>]]></description>
        <media:thumbnail url="https://b.test/t.png"/><pubDate>Mon, 02 Nov 2026 10:00:00 +0100</pubDate></item>`)
    )
    assert.equal(feed.title, 'Bread & co')
    const [{ key, likeness, ...item }] = feed.items
    assert.match(key, /^[0-9a-f]{64}$/)
    assert.match(likeness!, /^[0-9a-f]{64}$/)
    assert.deepEqual(item, {
      title: 'Plums x',
      url: 'https://b.test/1',
      summary: 'Hello you there',
      author: 'Ada',
      image: 'https://b.test/t.png',
      published_at: '2026-11-02T09:00:00.000Z',
    })
  })

  test('knows an item again that has another id, scheme or host; not one of another day, and none without a moment', ({
    assert,
  }) => {
    const likenessOf = ({
      id = 'a',
      link = 'http://b.test/menu?d=1',
      at = 'Mon, 02 Nov 2026 10:00:00 +0100',
      title = 'Menu',
    }) =>
      read(rss(`<item><title>${title}</title><link>${link}</link><guid>${id}</guid><pubDate>${at}</pubDate></item>`))
        .items[0].likeness
    const first = likenessOf({})
    assert.equal(likenessOf({ id: 'b', link: 'https://www.b.test/menu?d=1' }), first)
    for (const other of [
      { at: 'Tue, 03 Nov 2026 10:00:00 +0100' },
      { link: 'http://b.test/menu?d=2' },
      { title: 'Menus' },
    ]) {
      assert.notEqual(likenessOf(other), first)
    }
    assert.isNull(likenessOf({ at: '' }))
  })

  test('is read from Atom', ({ assert }) => {
    const { items } = read(
      `<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><link rel="self" href="https://b.test/self"/><link href="https://b.test/"/>
       <entry><id>e1</id><title type="html">T &amp;amp; x</title><link rel="alternate" href="/p"/><content type="html">&lt;p&gt;c &lt;img src="/i.png"&gt;&lt;/p&gt;</content><author><name>Ben</name></author><updated>2026-11-01T00:00:00Z</updated></entry></feed>`
    )
    assert.containsSubset(items, [
      { title: 'T & x', url: 'https://b.test/p', summary: 'c', author: 'Ben', image: 'https://b.test/i.png' },
    ])
  })

  test('is read from JSON Feed', ({ assert }) => {
    const { items } = read(
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: 'J',
        items: [
          { id: '1', url: 'https://j.test/1', title: 'One', content_html: '<p>x</p>', image: 'javascript:alert(1)' },
        ],
      })
    )
    assert.containsSubset(items, [{ title: 'One', summary: 'x', image: null, published_at: null }])
  })

  test('is read in its own encoding', ({ assert }) => {
    const latin = Buffer.from(
      '<?xml version="1.0" encoding="iso-8859-1"?><rss version="2.0"><channel><title>Caf\u00e9</title></channel></rss>',
      'latin1'
    )
    assert.equal(readFeed(latin, { url: 'https://b.test/' }).title, 'Café')
  })

  test('has the newest first, a hundred at most', ({ assert }) => {
    const many = Array.from(
      { length: 130 },
      (_, no) => `<item><title>${no}</title><pubDate>${new Date(1e12 + no * 1e8).toUTCString()}</pubDate></item>`
    )
    const { items } = read(rss(many.join('')))
    assert.lengthOf(items, 100)
    assert.equal(items[0].title, '129')
  })

  test('leads to web addresses alone', ({ assert }) => {
    const { items } = read(rss('<item><title>x</title><link>javascript:alert(1)</link></item>'))
    assert.isNull(items[0].url)
  })

  test('expands no entities', ({ assert }) => {
    const laughs = `<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>${rss('<item><title>&b;</title></item>')}`
    assert.throws(() => read(laughs), /entities of its own/)
  })

  for (const [what, text] of [
    ['a page', '<html><body>Hello</body></html>'],
    ['nothing', ''],
    ['half a feed', '<rss version="2.0"><channel><item><title>'],
    ['other JSON', '{"a": 1}'],
  ]) {
    test(`is not ${what}`, ({ assert }) => {
      const reading = () => read(text).items.length
      let count = 0
      try {
        count = reading()
      } catch (error: any) {
        assert.equal(error.constructor.name, 'CannotFetch')
      }
      assert.equal(count, 0)
    })
  }

  test('is cut between signs, so that it can be kept', ({ assert }) => {
    const { items } = read(rss(`<item><title>${'パ'.repeat(299)}🥐🥐</title><link>/1</link></item>`))
    assert.equal(items[0].title, `${'パ'.repeat(299)}…`)
  })
})
