import { test } from '@japa/runner'
import { InvalidTemplate } from '#content'
import { ada, copyFor, html, letter, markdown } from './bakery_letter.ts'

function refusal(make: () => unknown): InvalidTemplate {
  try {
    make()
  } catch (error) {
    if (error instanceof InvalidTemplate) return error
    throw error
  }
  throw new Error('nothing was refused')
}

test.group('Liquid, locked down', () => {
  for (const tag of ['include', 'render', 'layout', 'block', 'raw', 'liquid', 'echo', 'cycle', 'tablerow']) {
    test(`{% ${tag} %} cannot be used`, ({ assert }) => {
      const error = refusal(() => markdown(`Hello\n{% ${tag} 'package.json' %}`))
      assert.equal(error.field, 'content.source')
      assert.equal(error.facts.line, 2)
      assert.include(error.message, `{% ${tag} %} cannot be used`)
    })
  }

  for (const source of [
    '{{ contact.constructor }}',
    '{{ contact.__proto__.polluted }}',
    '{{ contact.toString }}',
    '{{ contact["constructor"]["constructor"] }}',
    '{{ contact.first_name.constructor.name }}',
    '{% for x in contact.__proto__ %}{{ x }}{% endfor %}',
  ]) {
    test(`${source} reaches nothing`, ({ assert }) => {
      const { text } = copyFor(markdown(`>${source}<`))
      assert.notMatch(text.split('-- ')[0], /function|Object|native|String/)
    })
  }

  test('a value is escaped for HTML, and raw does not change that', ({ assert }) => {
    const contact = { ...ada, first_name: '<img src=x onerror=alert(1)>"\'&' }
    const copy = copyFor(
      markdown('A {{ contact.first_name }} B {{ contact.first_name | raw }} C {{ contact.first_name | escape }}'),
      contact
    )
    assert.notInclude(copy.html, '<img src=x')
    assert.equal(copy.html.split('&lt;img src=x onerror=alert(1)&gt;&#34;&#39;&amp;').length, 5)
    assert.include(copy.text, 'A <img src=x onerror=alert(1)>"\'& B')
  })

  test('what somebody calls themselves is never read as a template', ({ assert }) => {
    const copy = copyFor(markdown('Hi {{ contact.first_name }}'), {
      ...ada,
      first_name: '{{ 7 | times: 6 }}{% endif %}',
    })
    assert.include(copy.text, 'Hi {{ 7 | times: 6 }}{% endif %}')
  })

  test('a name with line breaks does not become a header', ({ assert }) => {
    const copy = copyFor(letter({ subject: 'Hi {{ contact.first_name }}' }), {
      ...ada,
      first_name: 'Ada\r\nBcc: all@example.test',
    })
    assert.equal(copy.subject, 'Hi Ada Bcc: all@example.test')
  })

  for (const source of [
    '{% for i in (1..100000000) %}x{% endfor %}',
    '{% for i in (1..9000) %}{% for j in (1..9000) %}{% for k in (1..9000) %}{% endfor %}{% endfor %}{% endfor %}',
    "{% assign x = 'aaaaaaaaaaaaaaaa' %}{% for i in (1..60) %}{% assign x = x | append: x %}{% endfor %}{{ x }}",
    "{% assign x = '<' %}{% for i in (1..18) %}{% assign x = x | append: x %}{% endfor %}{% for i in (1..500) %}{% assign y = x | strip_html %}{% endfor %}",
  ]) {
    test(`stops within a second of work: ${source.slice(0, 60)}…`, ({ assert }) => {
      const edition = markdown(source)
      const before = process.threadCpuUsage()
      const error = refusal(() => copyFor(edition))
      const { user, system } = process.threadCpuUsage(before)
      assert.isBelow((user + system) / 1_000, 1_100)
      assert.match(error.message, /Shorten its loops/)
    })
  }

  test('a mistake names field, line and fix', ({ assert }) => {
    const cases: [Parameters<typeof letter>[0], string, number, RegExp][] = [
      [{ subject: 'Hi {{ contact.first_name' }, 'subject', 1, /never closed. Add }}/],
      [{ preheader: '{% if contact.vip %}x' }, 'preheader', 1, /Add {% endif %}/],
      [
        { content: { kind: 'markdown', source: 'a\n\nb {{ contact.x | shout }}' } },
        'content.source',
        3,
        /filter "shout" does not exist/,
      ],
      [{ content: { kind: 'html', source: '<p>\n{% endif %}' } }, 'content.source', 2, /no matching opening tag/],
      [{ text: 'x\n{{ }}' }, 'text', 2, /empty or cannot be read/],
    ]
    for (const [changes, field, line, message] of cases) {
      const error = refusal(() => letter(changes))
      assert.equal(error.field, field)
      assert.equal(error.facts.line, line)
      assert.match(error.message, message)
    }
  })

  test('a condition torn apart by a tag is refused, not sent', ({ assert }) => {
    assert.match(refusal(() => html('<p {% if contact.vip %}class="a"{% endif %}>x</p>')).message, /whole elements/)
    assert.match(
      refusal(() => html('<p style="color:{{ contact.city }}">x</p>')).message,
      /cannot stand in the attribute "style"/
    )
    assert.match(refusal(() => html('<style>a{color:{{ contact.city }}}</style>')).message, /style sheet/)
  })

  test('the clock stands still at the moment of freezing, in the workspace’s zone', ({ assert }) => {
    const edition = markdown(
      '{{ "now" | date: "%Y-%m-%d %H:%M" }} / {{ contact.born | date: "%d %B %Y" }} / {{ contact.at | date: "%H:%M" }}'
    )
    const copy = copyFor(
      { ...edition, manner: { timezone: 'America/New_York', locale: 'en' } },
      { born: '1990-05-01', at: '2026-01-01 18:30' }
    )
    assert.include(copy.text, '2026-11-01 03:00 / 01 May 1990 / 18:30')
  })

  test('the same edition and values give the same bytes, also after a round trip through storage', ({ assert }) => {
    const edition = letter({
      content: {
        kind: 'markdown',
        source: 'Hi {{ contact.first_name }} [x](https://bluedoor.test/?c={{ contact.city }})',
      },
    })
    const stored = JSON.parse(JSON.stringify(edition))
    assert.deepEqual(copyFor(stored), copyFor(edition))
    assert.deepEqual(copyFor(edition), copyFor(edition))
  })
})

test.group('Variables', () => {
  test('are found once each, with field, line, and whether anything stands in', ({ assert }) => {
    const edition = letter({
      subject: '{{ contact.first_name }}',
      preheader: '',
      content: {
        kind: 'markdown',
        source:
          '{{ contact.city | default: "x" }}\n{% if contact.plan %}{{ contact.plan }}{% endif %}\n{{ contact.pet }}\n{% for i in (1..2) %}{{ i }}{% endfor %}',
      },
    })
    assert.deepEqual(
      edition.variables.map(({ key, field, line, bare }) => [key, field, line, bare]),
      [
        ['contact.first_name', 'subject', 1, true],
        ['contact.city', 'content.source', 1, false],
        ['contact.plan', 'content.source', 2, false],
        ['contact.pet', 'content.source', 3, true],
      ]
    )
  })
})
