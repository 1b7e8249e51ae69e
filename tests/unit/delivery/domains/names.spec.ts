import { test } from '@japa/runner'
import { domainName, fullName } from '#app/delivery/domains/domain_name'
import { openDns } from '#app/delivery/domains/dns'
import { dnsServer } from '#tests/support/dns_server'

test.group('Names of domains', () => {
  test('are kept as the DNS has them', ({ assert }) => {
    assert.equal(domainName(' News.Acme.EXAMPLE. '), 'news.acme.example')
    assert.equal(domainName('blaue-tür.example'), 'xn--blaue-tr-d6a.example')
    for (const text of [
      'acme',
      'a b.example',
      '192.0.2.1',
      'acme.local',
      'x@acme.example',
      'https://acme.example',
      'a..b',
      '-a.example',
      'a_b.example',
      '',
    ])
      assert.isNull(domainName(text), text)
  })

  test('of records are made whole, however the provider gives them', ({ assert }) => {
    assert.equal(fullName('send', 'acme.example'), 'send.acme.example')
    assert.equal(fullName('send.mail', 'mail.acme.example'), 'send.mail.acme.example')
    assert.equal(fullName('resend._domainkey', 'mail.acme.example'), 'resend._domainkey.mail.acme.example')
    assert.equal(fullName('resend._domainkey.mail', 'mail.acme.example'), 'resend._domainkey.mail.acme.example')
    assert.equal(fullName('send.acme.example.', 'acme.example'), 'send.acme.example')
    assert.equal(fullName('send', 'send.acme.example'), 'send.send.acme.example')
    assert.equal(fullName('@', 'acme.example'), 'acme.example')
  })
})

test.group('The DNS', () => {
  test('is asked once for each question, takes long answers, and gives up in time', async ({ assert }) => {
    const server = await dnsServer()
    server.set('long.example', 'TXT', ...Array.from({ length: 20 }, (_, no) => `${no} ${'x'.repeat(200)}`))
    server.break('silent.example', 'silent')
    const dns = openDns({ servers: [server.address] })
    const [a, b] = await Promise.all([dns.txt('long.example'), dns.txt('LONG.example.')])
    assert.equal(a, b)
    assert.lengthOf((a as any).records, 20)
    dns.close()
    const hurried = openDns({ servers: [server.address], allMs: 1_000 })
    const began = Date.now()
    assert.deepEqual(await hurried.txt('silent.example'), { kind: 'failed', reason: 'no answer in time' })
    assert.isBelow(Date.now() - began, 20_000)
    assert.deepEqual(await hurried.txt('later.example'), { kind: 'failed', reason: 'no answer in time' })
    hurried.close()
  })

  test('is not asked about names that are none, nor about the private network’s', async ({ assert }) => {
    const server = await dnsServer()
    const dns = openDns({ servers: [server.address] })
    for (const name of ['a b.example', 'x'.repeat(64) + '.example', 'db.internal', 'printer.local', 'a'.repeat(300)])
      assert.deepEqual(await dns.txt(name), { kind: 'none' })
    assert.deepEqual(server.questions, [])
    for (let no = 0; no < 160; no++) await dns.txt(`n${no}.example`)
    assert.lengthOf(server.questions, 150)
    assert.deepEqual(await dns.txt('one-more.example'), { kind: 'failed', reason: 'too many look-ups' })
    dns.close()
  })

  test('gives nothing that could not be stored or shown', async ({ assert }) => {
    const server = await dnsServer()
    server.set('odd.example', 'TXT', 'a\u0000b\u0007c')
    const dns = openDns({ servers: [server.address] })
    assert.deepEqual(await dns.txt('odd.example'), { kind: 'found', records: ['a b c'] })
    dns.close()
  })
})
