import { test } from '@japa/runner'
import { checkDmarc } from '#app/delivery/domains/checks/dmarc'
import { openDns } from '#app/delivery/domains/dns'
import { dnsServer } from '#tests/support/dns_server'

async function dmarc(domain: string, records: Record<string, string | string[]>, returnPath = domain) {
  const server = await dnsServer()
  for (const [name, texts] of Object.entries(records)) server.set(`_dmarc.${name}`, 'TXT', ...[texts].flat())
  const dns = openDns({ servers: [server.address] })
  const finding = await checkDmarc({ dns, domain, returnPath })
  dns.close()
  return { ...finding, questions: server.questions }
}

test.group('DMARC', () => {
  test('is found at the domain itself, and says what is aligned', async ({ assert }) => {
    const { level, message, host } = await dmarc(
      'acme.example',
      { 'acme.example': 'v=DMARC1; p=quarantine; rua=mailto:d@acme.example' },
      'send.acme.example'
    )
    assert.equal(level, 'ok', message)
    assert.equal(host, '_dmarc.acme.example')
    assert.match(message, /Policy quarantine.*DKIM is aligned; SPF is aligned \(relaxed\)/)
  })

  test('is found by walking up, where sp applies', async ({ assert }) => {
    const { level, message, host, questions } = await dmarc('news.mail.acme.example', {
      'acme.example': 'v=DMARC1; p=reject; sp=quarantine',
    })
    assert.equal(level, 'ok', message)
    assert.equal(host, '_dmarc.acme.example')
    assert.match(message, /Policy quarantine/)
    assert.deepEqual(questions.slice(0, 4), [
      'TXT _dmarc.news.mail.acme.example',
      'TXT _dmarc.mail.acme.example',
      'TXT _dmarc.acme.example',
      'TXT _dmarc.example',
    ])
  })

  test('asks at most eight times, however long the name is (RFC 9989 §4.10)', async ({ assert }) => {
    const { questions, level } = await dmarc('a.b.c.d.e.f.g.h.i.acme.example', {})
    assert.equal(level, 'block')
    const walked = ['a.b.c.d.e.f.g.h.i.acme.example', 'e.f.g.h.i.acme.example', 'f.g.h.i.acme.example']
    const rest = ['g.h.i.acme.example', 'h.i.acme.example', 'i.acme.example', 'acme.example', 'example']
    assert.deepEqual(
      questions,
      [...walked, ...rest].map((name) => `TXT _dmarc.${name}`)
    )
  })

  test('psd=n ends the walk: what is above is another organization', async ({ assert }) => {
    const { level, message, questions } = await dmarc(
      'shop.acme.example',
      { 'shop.acme.example': 'v=DMARC1; p=none; psd=n', 'acme.example': 'v=DMARC1; p=reject' },
      'send.acme.example'
    )
    assert.equal(level, 'warn')
    assert.match(message, /another organization/)
    assert.deepEqual(questions.slice(0, 2), ['TXT _dmarc.shop.acme.example', 'TXT _dmarc.send.acme.example'])
  })

  test('psd=y makes the name below it the organization, and its policy the last resort', async ({ assert }) => {
    const registry = { 'co.example': 'v=DMARC1; p=reject; psd=y' }
    const alone = await dmarc('acme.co.example', registry, 'send.acme.co.example')
    assert.equal(alone.level, 'ok', alone.message)
    assert.match(alone.message, /Policy reject, from _dmarc.co.example/)
    const stranger = await dmarc('acme.co.example', registry, 'other.co.example')
    assert.match(stranger.message, /another organization/)
  })

  const blocked: [string, Record<string, string | string[]>, RegExp][] = [
    ['none anywhere', {}, /No DMARC record applies/],
    ['one whose version is not first', { 'acme.example': 'p=none; v=DMARC1' }, /No DMARC record/],
    ['several, which count as none', { 'acme.example': ['v=DMARC1; p=none', 'v=DMARC1; p=reject'] }, /several/],
    ['one without a policy', { 'acme.example': 'v=DMARC1' }, /names no policy/],
    ['a policy that is none', { 'acme.example': 'v=DMARC1; p=maybe' }, /names no policy/],
  ]
  for (const [what, records, message] of blocked) {
    test(`blocks ${what}`, async ({ assert }) => {
      const finding = await dmarc('acme.example', records)
      assert.equal(finding.level, 'block')
      assert.match(finding.message, message)
      assert.equal(finding.expected, 'v=DMARC1; p=none;')
    })
  }

  const warned: [string, string, RegExp][] = [
    ['tags that RFC 9989 removed', 'v=DMARC1; p=none; pct=25; ri=3600', /pct= and ri= no longer exist/],
    ['a record that is only tried out', 'v=DMARC1; p=reject; t=y', /t=y/],
    ['strict alignment that the return path cannot meet', 'v=DMARC1; p=none; aspf=s', /aspf=s/],
    ['a missing policy where reports are asked for', 'v=DMARC1; rua=mailto:d@acme.example', /counts as p=none/],
  ]
  for (const [what, record, message] of warned) {
    test(`warns of ${what}`, async ({ assert }) => {
      const finding = await dmarc('acme.example', { 'acme.example': record }, 'send.acme.example')
      assert.equal(finding.level, 'warn')
      assert.match(finding.message, message)
    })
  }
})
