import { test } from '@japa/runner'
import { InvalidTemplate } from '#content'
import { ada, copyFor, html, letter, markdown } from './bakery_letter.ts'

test.group('Links', () => {
  test('are numbered in reading order and replaced; mail, phone, anchors and the ways out are not', ({ assert }) => {
    const edition = html(
      '<a href="https://bluedoor.test/a">A <b>one</b></a> <a href="mailto:hello@bluedoor.test">m</a> <a href="tel:+441">t</a> <a href="#top">top</a>' +
        '<a href="{{ preferences_url }}">p</a> <a href="http://bluedoor.test/b"><img src="https://bluedoor.test/i.png" alt="Cake"></a> <a href="/shop">shop</a>'
    )
    assert.deepEqual(edition.links, [
      { no: 1, url: 'https://bluedoor.test/a', label: 'A one' },
      { no: 2, url: 'http://bluedoor.test/b', label: 'Cake' },
    ])
    assert.deepEqual(edition.uselessLinks, ['/shop'])
    const copy = copyFor(edition)
    for (const href of [
      'https://mail.test/c/t.1',
      'https://mail.test/c/t.2',
      'mailto:hello@bluedoor.test',
      'tel:+441',
      '#top',
      'https://mail.test/p/t',
    ]) {
      assert.include(copy.html, `href="${href}"`)
    }
    assert.include(copy.text, 'A one (https://mail.test/c/t.1)')
  })

  test('hold merge tags after the host, encoded; without counting the address stays plain', ({ assert }) => {
    const edition = markdown(
      '[menu](<https://bluedoor.test/{{ contact.city }}?e={{ contact.email | url_encode }}&x=1#a>)'
    )
    const copy = copyFor(edition, { ...ada, city: 'Bad/../Ü' }, { clicks: false })
    assert.include(copy.text, 'https://bluedoor.test/Bad%2F..%2F%C3%9C?e=ada%40example.test&x=1#a')
    assert.include(copy.html, 'href="https://bluedoor.test/Bad%2F..%2F%C3%9C?e=ada%40example.test&amp;x=1#a"')
    assert.include(copyFor(edition).html, 'href="https://mail.test/c/t.1"')
  })

  for (const href of [
    '{{ contact.website }}',
    'https://{{ contact.host }}/x',
    'https://shop.{{ contact.host }}',
    'https://bluedoor.test{{ contact.x }}',
    'https://bluedoor.test@evil.test/',
    '{% if contact.vip %}https://a.test{% endif %}',
    'https://',
  ]) {
    test(`cannot lead to ${href}`, ({ assert }) => {
      try {
        html(`<p>one</p>\n<a href="${href}">x</a>`)
        assert.fail('was accepted')
      } catch (error) {
        assert.instanceOf(error, InvalidTemplate)
        assert.match((error as Error).message, /The link .* must begin with a fixed address/)
      }
    })
  }

  test('in a loop cannot use what only the loop knows', ({ assert }) => {
    assert.throws(
      () => html('{% for p in contact.pets %}<a href="https://bluedoor.test/{{ p }}">x</a>{% endfor %}'),
      /which a link cannot know/
    )
  })

  test('carry the campaign’s utm parameters, once', ({ assert }) => {
    const edition = letter({
      content: {
        kind: 'html',
        source:
          '<a href="https://b.test/">1</a><a href="https://b.test/?a=1#f">2</a><a href="https://b.test/?utm_source=own">3</a>',
      },
      utm: { source: 'assent', campaign: 'plum & cake', medium: null },
    })
    assert.deepEqual(
      edition.links.map(({ url }) => url),
      [
        'https://b.test/?utm_source=assent&utm_campaign=plum%20%26%20cake',
        'https://b.test/?a=1&utm_source=assent&utm_campaign=plum%20%26%20cake#f',
        'https://b.test/?utm_source=own&utm_campaign=plum%20%26%20cake',
      ]
    )
  })

  test("an author's own text counts through the same numbers", ({ assert }) => {
    const edition = letter({
      content: { kind: 'markdown', source: '[menu](https://b.test/menu)' },
      text: 'See https://b.test/menu. Or https://b.test/other',
    })
    assert.include(copyFor(edition).text, 'See https://mail.test/c/t.1. Or https://mail.test/c/t.2')
  })
})

test.group('Letters', () => {
  test('Markdown becomes a styled letter: headings, lists, buttons, pictures, a table for Outlook', ({ assert }) => {
    const copy = copyFor(
      markdown(
        '# Plums\n\nHello *{{ contact.first_name | default: "you" }}*\n\n- one\n- two\n\n**[Book a table](https://b.test/book)**\n\n![Plum cake](https://b.test/p.jpg)'
      )
    )
    assert.include(copy.html, '>Plums</h1>')
    assert.include(copy.html, '<em>Ada</em>')
    assert.match(
      copy.html,
      /<td class="button-cell"[^>]*><a class="button" href="https:\/\/mail.test\/c\/t.1"[^>]*>Book a table<\/a>/
    )
    assert.match(copy.html, /<img src="https:\/\/b.test\/p.jpg" alt="Plum cake"/)
    assert.include(copy.html, '<!--[if mso]><table role="presentation" width="600"')
    assert.include(copy.text, ' * one\n * two')
    assert.include(copy.text, 'Unsubscribe: https://mail.test/u/t')
    assert.include(copy.text, '1 Harbour Street')
  })

  test('a bold link inside a sentence is no button', ({ assert }) => {
    assert.notInclude(copyFor(markdown('Do **[book](https://b.test/)** now')).html, 'class="button"')
  })

  test('conditions and loops on their own lines leave no empty paragraphs and keep lists whole', ({ assert }) => {
    const copy = copyFor(
      markdown(
        '{% if contact.vip %}\nYes\n{% else %}\nNo\n{% endif %}\n\n{% for p in contact.pets %}\n- {{ p }}\n{% endfor %}\nEnd'
      ),
      {
        vip: true,
        pets: ['cat', 'dog'],
      }
    )
    assert.include(copy.html, '>Yes</p>')
    assert.notInclude(copy.html, '>No<')
    assert.notMatch(copy.html, /<p[^>]*>\s*<\/p>/)
    assert.equal(copy.html.split('<li').length, 3)
    assert.equal(copy.html.split('<ul').length, copy.html.split('</ul>').length)
  })

  test('HTML in Markdown is text', ({ assert }) => {
    assert.include(copyFor(markdown('<script>alert(1)</script>')).html, '&lt;script&gt;')
  })

  test('where opens are not counted there is no picture', ({ assert }) => {
    const edition = markdown('x')
    assert.include(copyFor(edition).html, 'https://mail.test/o/t.gif')
    assert.notInclude(html('x').html.replace(/{% if open_url.*?endif %}/, ''), 'open_url')
  })

  test('a topic or workspace whose name looks like a template is just a name', ({ assert }) => {
    const edition = letter({ topicName: '{{ contact.email }}<b>' })
    assert.include(copyFor(edition).html, '{{ contact.email }}&lt;b&gt;')
  })
})
