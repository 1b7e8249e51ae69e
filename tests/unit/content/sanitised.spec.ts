import { test } from '@japa/runner'
import { copyFor, html } from './bakery_letter.ts'

const hostile = [
  '<script>alert(1)</script>',
  '<SCRIPT SRC=https://evil.test/x.js></SCRIPT>',
  '<img src=x onerror=alert(1)>',
  '<img src="javascript:alert(1)">',
  '<img src="data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+">',
  '<svg onload=alert(1)><a xlink:href="javascript:alert(1)">x</a></svg>',
  '<math><mtext></p><img src=x onerror=alert(1)></mtext></math>',
  '<iframe src="https://evil.test"></iframe>',
  '<object data="evil.swf"></object><embed src="evil.swf">',
  '<form action="https://evil.test"><input name="password"><button>go</button></form>',
  '<a href="javascript:alert(1)">x</a>',
  '<a href=" jAvAsCrIpT:alert(1)">x</a>',
  '<a href="java&#x0A;script:alert(1)">x</a>',
  '<a href="&#106;avascript:alert(1)">x</a>',
  '<a href="data:text/html,<script>alert(1)</script>">x</a>',
  '<a href="vbscript:msgbox(1)">x</a>',
  '<body onload=alert(1) background="javascript:alert(1)">x</body>',
  '<div style="background:url(javascript:alert(1));width:expression(alert(1))">x</div>',
  '<div style="behavior:url(evil.htc);-moz-binding:url(evil.xml)">x</div>',
  '<style>@import url(https://evil.test/x.css); a{background:url("javascript:alert(1)")}</style>',
  '<style>@\\69mport "https://evil.test/x.css"; b{width:ex\\70ression(alert(1))}</style>',
  '<style></style><script>alert(1)</script><style></style>',
  '<style><!--</style><img src=x onerror=alert(1)>--></style>',
  '<link rel="stylesheet" href="https://evil.test/x.css">',
  '<base href="https://evil.test/">',
  '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
  '<textarea></textarea><img/src=x/onerror=alert(1)>',
  '<table background="javascript:alert(1)"><tr><td>x</td></tr></table>',
  '<!--[if mso]><script>alert(1)</script><![endif]-->',
  '<!--[if mso]><td onclick="alert(1)"><![endif]-->',
  '<!--[if gte IE 4]><img src=x onerror=alert(1)><![endif]-->',
  '<p title="<!--[if mso]><b title=\'onclick=alert(1) x=\'></b><![endif]-->">x</p>',
  '<!--[if mso]>--><img src=x onerror=alert(1)><![endif]-->',
  '<video><source onerror="alert(1)"></video><audio src=x onerror=alert(1)>',
  '<details open ontoggle=alert(1)>x</details>',
  '<input autofocus onfocus=alert(1)>',
  '<template><script>alert(1)</script></template>',
  '<xmp><script>alert(1)</script></xmp><plaintext><script>alert(1)</script>',
  '<p>{{ "<script>alert(1)</script>" }}</p>',
  '{% if "<script>" %}{% comment %}<script>alert(1)</script>{% endcomment %}{% endif %}',
  '{% capture x %}<img src=x onerror=alert(1)>{% endcapture %}{{ x | raw }}',
]

const FORBIDDEN =
  /<(script|iframe|object|embed|form|input|button|svg|math|base|link|textarea|template|noscript|video|audio|xmp|plaintext)\b|<[^>]*\son\w+\s*=|(href|src|background)\s*=\s*"?\s*(javascript|vbscript|data):|@import|expression\s*\(|behavior\s*:|http-equiv="refresh|url\(\s*["']?javascript/i

test.group("Other people's HTML", () => {
  for (const source of hostile) {
    test(`is cleaned: ${source.slice(0, 90)}`, ({ assert }) => {
      for (const whole of [
        source,
        `<html><head></head><body>${source}<p>end</p></body></html>`,
        `<table><tr><td>${source}</td></tr></table>`,
      ]) {
        assert.notMatch(copyFor(html(whole)).html, FORBIDDEN)
      }
    })
  }

  test('keeps what makes a mail: tables, inline and head styles, Outlook comments, conditions between rows', ({
    assert,
  }) => {
    const copy = copyFor(
      html(
        '<html lang="de"><head><title>T</title><style>@media (max-width:600px){.a{width:100%!important}} .b > a{color:#fff}</style></head>' +
          '<body bgcolor="#ffffff"><!--[if mso]><table width="600"><tr><td><![endif]-->' +
          '<table role="presentation" width="100%" cellpadding="0" style="background-color:#eee;border-collapse:collapse">' +
          '{% for i in (1..2) %}<tr><td align="center" valign="top">{{ i }}</td></tr>{% endfor %}</table>' +
          '<!--[if !mso]><!--><p>not outlook</p><!--<![endif]--><!--[if mso]></td></tr></table><![endif]--></body></html>'
      )
    )
    assert.include(copy.html, '<!--[if mso]><table width="600"><tr><td><![endif]-->')
    assert.include(copy.html, '<!--[if !mso]><!--><p>not outlook</p><!--<![endif]-->')
    assert.include(copy.html, '@media (max-width:600px){.a{width:100%!important}} .b > a{color:#fff}')
    assert.include(
      copy.html,
      '<tr><td align="center" valign="top">1</td></tr><tr><td align="center" valign="top">2</td></tr>'
    )
    assert.include(copy.html, 'style="background-color:#eee;border-collapse:collapse"')
    assert.match(copy.html, /^<!doctype html>\n<html lang="de">/)
  })

  test('gets the ways out and the address that its author left out, once', ({ assert }) => {
    const without = copyFor(html('<html><body><p>Hi</p></body></html>')).html
    assert.equal(without.split('https://mail.test/u/t').length, 2)
    assert.include(without, '1 Harbour Street')
    assert.isBelow(without.indexOf('Unsubscribe'), without.indexOf('</body>'))
    const own = copyFor(
      html(
        '<html><body><a href="{{ unsubscribe_url }}">bye</a><p>1 Harbour Street,<br>Bristol BS1 4RN, UK</p></body></html>'
      )
    ).html
    assert.equal(own.split('https://mail.test/u/t').length, 2)
    assert.equal(own.split('1 Harbour Street').length, 2)
  })

  test('a piece of HTML stands in our frame', ({ assert }) => {
    const copy = copyFor(html('<p>Just a piece</p>'))
    assert.include(copy.html, 'max-width:600px')
    assert.include(copy.html, 'prefers-color-scheme: dark')
    assert.include(copy.html, 'Plum cake &amp; more')
  })

  test('made to take for ever is refused after seconds', ({ assert }) => {
    const before = process.threadCpuUsage()
    for (const source of [
      '<!--[if mso]>'.repeat(30_000),
      '</body>'.repeat(30_000),
      '<a href="'.repeat(20_000),
      '['.repeat(50_000),
    ]) {
      try {
        html(`<html><body>${source}</body></html>`)
      } catch (error) {
        assert.equal((error as any).code, 'E_TEMPLATE')
      }
    }
    const { user, system } = process.threadCpuUsage(before)
    assert.isBelow((user + system) / 1e6, 15, 'in seconds of the processor')
  })
})
