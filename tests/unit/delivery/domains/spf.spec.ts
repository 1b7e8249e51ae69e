import { test } from '@japa/runner'
import { checkSpf } from '#app/delivery/domains/checks/spf'
import { openDns } from '#app/delivery/domains/dns'
import { dnsServer } from '#tests/support/dns_server'

/** SPF at acme.example, with these records in the DNS. */
async function spf(records: Record<string, string | string[]>, expected: string | null = null) {
  const server = await dnsServer()
  for (const [name, texts] of Object.entries(records)) server.set(name, 'TXT', ...[texts].flat())
  const dns = openDns({ servers: [server.address] })
  const finding = await checkSpf({ dns, host: 'acme.example', expected })
  dns.close()
  return { ...finding, server }
}

test.group('SPF', () => {
  test('is fine with one record, and counts what has to be looked up wherever it stands', async ({ assert }) => {
    const { level, message, found } = await spf({
      'acme.example': ['google-site-verification=x', 'v=spf1 include:mail.example ip4:192.0.2.0/24 -all'],
      'mail.example': 'v=spf1 include:more.mail.example ?all',
      'more.mail.example': 'v=spf1 ip6:2001:db8::/32 -all',
    })
    assert.equal(level, 'ok', message)
    assert.match(message, /2 of 10 look-ups/)
    assert.deepEqual(found, ['v=spf1 include:mail.example ip4:192.0.2.0/24 -all'])
  })

  test('blocks more than ten look-ups, counted through includes and redirects', async ({ assert }) => {
    const records: Record<string, string> = { 'acme.example': 'v=spf1 include:s0.example redirect=s5.example' }
    for (let no = 0; no < 5; no++) records[`s${no}.example`] = `v=spf1 include:s${no + 1}.example ~all`
    records['s5.example'] = 'v=spf1 ip4:192.0.2.1 -all'
    assert.equal((await spf(records)).level, 'ok')
    const { level, message } = await spf({
      ...records,
      's5.example': 'v=spf1 include:t1.example include:t2.example include:t3.example -all',
      't1.example': 'v=spf1 -all',
      't2.example': 'v=spf1 -all',
      't3.example': 'v=spf1 -all',
    })
    assert.equal(level, 'block')
    assert.match(message, /13 look-ups/)
  })

  const blocked: [string, Record<string, string | string[]>, RegExp][] = [
    ['no record', { 'acme.example': 'hello' }, /no SPF record/],
    ['two records', { 'acme.example': ['v=spf1 -all', 'v=spf1 ~all'] }, /2 SPF records/],
    ['a word that is none', { 'acme.example': 'v=spf1 inlcude:x.example -all' }, /inlcude:x.example/],
    ['an address that is none', { 'acme.example': 'v=spf1 ip4:300.1.1.1 -all' }, /ip4:300/],
    ['an include that leads nowhere', { 'acme.example': 'v=spf1 include:gone.example -all' }, /include:gone.example/],
    ['a record that includes itself', { 'acme.example': 'v=spf1 include:acme.example -all' }, /includes itself/],
    [
      'more than two names that do not exist',
      { 'acme.example': 'v=spf1 a:x1.example a:x2.example exists:x3.example -all' },
      /3 of its names do not exist/,
    ],
  ]
  for (const [what, records, message] of blocked) {
    test(`blocks ${what}`, async ({ assert }) => {
      const finding = await spf(records)
      assert.equal(finding.level, 'block')
      assert.match(finding.message, message)
      assert.isString(finding.fix)
    })
  }

  test('blocks a record that does not name the provider, however good it is', async ({ assert }) => {
    const expected = 'v=spf1 include:amazonses.com ~all'
    const without = await spf({ 'acme.example': 'v=spf1 -all' }, expected)
    assert.equal(without.level, 'block')
    assert.match(without.fix!, /include:amazonses.com/)
    assert.equal(without.expected, expected)
    const with_ = await spf({ 'acme.example': expected, 'amazonses.com': 'v=spf1 ip4:192.0.2.0/24 -all' }, expected)
    assert.equal(with_.level, 'ok', with_.message)
  })

  test('warns of +all, of ptr, and takes a macro for what it is', async ({ assert }) => {
    assert.match((await spf({ 'acme.example': 'v=spf1 +all' })).message, /whole world/)
    assert.equal((await spf({ 'acme.example': 'v=spf1 all' })).level, 'warn')
    assert.equal((await spf({ 'acme.example': 'v=spf1 ptr -all' })).level, 'warn')
    const macro = await spf({ 'acme.example': 'v=spf1 exists:%{i}._spf.acme.example -all' })
    assert.equal(macro.level, 'ok', macro.message)
    assert.match(macro.message, /1 of 10/)
  })

  test('a name server that fails says nothing about the record', async ({ assert }) => {
    const server = await dnsServer()
    server.break('acme.example', 'SERVFAIL')
    const dns = openDns({ servers: [server.address] })
    const finding = await checkSpf({ dns, host: 'acme.example', expected: null })
    dns.close()
    assert.equal(finding.level, 'unknown')
    assert.match(finding.message, /report a failure/)
  })

  test('hostile records end: a tree of includes is counted so far and no further', async ({ assert }) => {
    const records: Record<string, string> = {}
    const width = Array.from({ length: 60 }, (_, no) => `include:n${no}.example`).join(' ')
    for (let no = 0; no < 60; no++) records[`n${no}.example`] = `v=spf1 ${width} -all`
    const { level, message, server } = await spf({ ...records, 'acme.example': `v=spf1 ${width} -all` })
    assert.equal(level, 'block')
    assert.match(message, /25 or more/)
    assert.isBelow(server.questions.length, 70)
  })
})
