import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:tls'
import { getActiveTestOrFail, test } from '@japa/runner'
import { checkMx } from '#app/delivery/domains/checks/mx'
import { checkTls, checkTrackingHost } from '#app/delivery/domains/checks/tracking_host'
import { openDns } from '#app/delivery/domains/dns'
import { dnsServer, type DnsServer } from '#tests/support/dns_server'

async function ask<T>(prepare: (server: DnsServer) => void, question: (dns: ReturnType<typeof openDns>) => Promise<T>) {
  const server = await dnsServer()
  prepare(server)
  const dns = openDns({ servers: [server.address] })
  const answer = await question(dns)
  dns.close()
  return answer
}

test.group('Where answers go', () => {
  const mx = (prepare: (server: DnsServer) => void) =>
    ask(prepare, (dns) => checkMx({ id: 'mx', dns, domain: 'acme.example' }))

  test('is fine with a mail server that exists', async ({ assert }) => {
    const { level, found } = await mx((dns) => {
      dns.set('acme.example', 'MX', '20 b.acme.example', '10 a.acme.example')
      dns.set('a.acme.example', 'A', '192.0.2.1')
    })
    assert.equal(level, 'ok')
    assert.deepEqual(found, ['10 a.acme.example', '20 b.acme.example'])
  })

  test('nobody can answer: no MX, the null MX (RFC 7505), or servers that do not exist', async ({ assert }) => {
    assert.match((await mx(() => {})).message, /receives no mail/)
    assert.match((await mx((dns) => dns.set('acme.example', 'MX', '0 .'))).message, /RFC 7505/)
    assert.match((await mx((dns) => dns.set('acme.example', 'MX', '10 gone.example'))).message, /do not exist/)
  })

  test('an address alone is a mail server of last resort (RFC 5321 §5.1)', async ({ assert }) => {
    const { level, message } = await mx((dns) => dns.set('acme.example', 'AAAA', '2001:db8::1'))
    assert.equal(level, 'warn')
    assert.match(message, /no MX record/)
  })
})

test.group('The host that links lead to', () => {
  const host = (prepare: (server: DnsServer) => void, appUrl = 'https://mail.acme.example') =>
    ask(prepare, (dns) => checkTrackingHost({ dns, appUrl }))

  test('is fine with a CNAME to a public address', async ({ assert }) => {
    const { level, found } = await host((dns) => {
      dns.set('mail.acme.example', 'CNAME', 'assent.hosting.example')
      dns.set('assent.hosting.example', 'A', '93.184.216.34')
    })
    assert.equal(level, 'ok')
    assert.deepEqual(found, ['CNAME assent.hosting.example', '93.184.216.34'])
  })

  test('blocks what readers cannot open', async ({ assert }) => {
    assert.match((await host(() => {})).message, /does not exist/)
    const dangling = await host((dns) => dns.set('mail.acme.example', 'CNAME', 'gone.hosting.example'))
    assert.match(dangling.message, /points to gone.hosting.example/)
    const within = await host((dns) => dns.set('mail.acme.example', 'A', '10.0.0.1'))
    assert.equal(within.level, 'block')
    const plain = await host((dns) => dns.set('mail.acme.example', 'A', '93.184.216.34'), 'http://mail.acme.example')
    assert.match(plain.message, /RFC 8058/)
  })

  test('on a machine of one’s own there is only advice', async ({ assert }) => {
    assert.equal((await host(() => {}, 'http://localhost:3333')).level, 'warn')
    assert.isNull(await checkTls({ appUrl: 'http://localhost:3333' }))
  })
})

test.group('The certificate of that host', () => {
  const pem = (name: string) => readFileSync(new URL(`../../../support/certificates/${name}.pem`, import.meta.url))

  async function serving(name: string) {
    const server = createServer({ key: pem('key'), cert: pem(name) }, (socket) => socket.end())
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
    getActiveTestOrFail().cleanup(() => void server.close())
    return (await checkTls({ appUrl: `https://localhost:${(server.address() as AddressInfo).port}` }))!
  }

  test('blocks one that has expired, is for another host or of nobody whom browsers trust', async ({ assert }) => {
    assert.match((await serving('expired')).message, /expired/)
    assert.match((await serving('other')).message, /not for localhost/)
    const own = await serving('localhost')
    assert.equal(own.level, 'block')
    assert.match(own.message, /do not trust/)
    assert.match(own.found[0], /DNS:localhost.*Blue Door Bakery/)
  })

  test('warns two weeks before it expires, and is fine before that', async ({ assert }) => {
    const until = (days: number) => ({
      names: ['DNS:acme.example'],
      issuer: 'An authority',
      validTo: new Date(Date.now() + days * 86_400_000 + 60_000),
      isForHost: true,
      refusal: null,
    })
    const look = (days: number) => checkTls({ appUrl: 'https://acme.example', look: async () => until(days) })
    assert.equal((await look(90))!.level, 'ok')
    assert.match((await look(9))!.message, /expires in 9 days/)
  })

  test('nobody at home is no finding about the certificate', async ({ assert }) => {
    assert.equal((await checkTls({ appUrl: 'https://localhost:9' }))!.level, 'unknown')
  })
})
