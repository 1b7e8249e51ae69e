import { generateKeyPairSync } from 'node:crypto'
import { test } from '@japa/runner'
import { checkDkim } from '#app/delivery/domains/checks/dkim'
import { openDns } from '#app/delivery/domains/dns'
import { dnsServer } from '#tests/support/dns_server'

const rsa = (bits: number) =>
  generateKeyPairSync('rsa', { modulusLength: bits })
    .publicKey.export({ type: 'spki', format: 'der' })
    .toString('base64')

const weak = rsa(1024)
const good = rsa(2048)

/** The key `s1` of acme.example, and others. */
async function dkim(records: Record<string, string | string[]>, expected: string | null = null, names = ['s1']) {
  const server = await dnsServer()
  for (const [name, texts] of Object.entries(records)) {
    server.set(`${name}._domainkey.acme.example`, 'TXT', ...[texts].flat())
  }
  const dns = openDns({ servers: [server.address] })
  const selectors = names.map((name, at) => ({ name, expected: at === 0 ? expected : null }))
  const finding = await checkDkim({ dns, domain: 'acme.example', selectors })
  dns.close()
  return finding
}

test.group('DKIM', () => {
  test('is fine with a key of 2048 bits, also in several strings', async ({ assert }) => {
    const { level, message } = await dkim({ s1: `v=DKIM1; k=rsa; p=${good}` })
    assert.equal(level, 'ok', message)
    assert.match(message, /2048 bits at s1._domainkey.acme.example/)
  })

  test('is fine with Ed25519 (RFC 8463)', async ({ assert }) => {
    const { publicKey } = generateKeyPairSync('ed25519')
    const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('base64')
    const { level, message } = await dkim({ s1: `v=DKIM1; k=ed25519; p=${raw}` })
    assert.equal(level, 'ok', message)
  })

  test('reads a key as RFC 6376 first meant it', async ({ assert }) => {
    const pkcs1 = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'pkcs1', format: 'der' })
    assert.equal((await dkim({ s1: `p=${pkcs1.toString('base64')}` })).level, 'ok')
  })

  const blocked: [string, Record<string, string | string[]>, RegExp][] = [
    ['no key', {}, /no DKIM key/],
    ['a revoked key', { s1: 'v=DKIM1; p=' }, /revoked/],
    ['less than 1024 bits', { s1: `v=DKIM1; p=${rsa(768)}` }, /768 bits/],
    ['a key that was cut off', { s1: `v=DKIM1; p=${good.slice(0, 100)}` }, /cannot be read/],
    ['a key of a kind that nobody knows', { s1: `v=DKIM1; k=dsa; p=${good}` }, /cannot be read/],
    ['another version', { s1: `v=DKIM2; p=${good}` }, /cannot be read/],
    ['two records at one name', { s1: [`p=${good}`, `p=${weak}`] }, /2 records/],
  ]
  for (const [what, records, message] of blocked) {
    test(`blocks ${what}`, async ({ assert }) => {
      const finding = await dkim(records)
      assert.equal(finding.level, 'block')
      assert.match(finding.message, message)
    })
  }

  test('warns of 1024 bits and of a key that is only tried out', async ({ assert }) => {
    const finding = await dkim({ s1: `v=DKIM1; t=s:y; p=${weak}` })
    assert.equal(finding.level, 'warn')
    assert.match(finding.message, /1024 bits.*t=y/)
  })

  test('blocks a key that is not the one the provider signs with', async ({ assert }) => {
    const { level, message } = await dkim({ s1: `p=${good}` }, `p=${weak}`)
    assert.equal(level, 'block')
    assert.match(message, /not the one/)
    assert.equal((await dkim({ s1: `v=DKIM1; p=${good}` }, `p=${good}`)).level, 'ok')
  })

  test('one key of several that works is enough, the other deserves a word', async ({ assert }) => {
    const { level, message } = await dkim({ s1: `p=${good}` }, null, ['s1', 's2'])
    assert.equal(level, 'warn')
    assert.match(message, /no DKIM key at s2/)
  })

  test('says so when nobody told which key it is', async ({ assert }) => {
    assert.equal((await dkim({}, null, [])).level, 'unknown')
  })
})
