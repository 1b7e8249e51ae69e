import { test } from '@japa/runner'
import { sendingChecks } from '#app/compliance/sending_checks'
import { isLocal } from '#app/compliance/reach'

const facts = (domains: object) =>
  ({
    workspace: { defaultFromEmail: 'hello@bluedoor.shop', postalAddress: '1 Harbour Street' },
    draft: { audience: {}, from: { name: 'x', email: 'hello@bluedoor.shop' }, subject: '', replyTo: null },
    topic: { id: 1, name: 'Specials', isActive: true },
    audience: { candidates: 1, mailable: 1, excluded: {} },
    audienceProblem: null,
    provider: 'resend',
    isReal: true,
    largestSend: null,
    domains,
    watched: [],
    caps: [],
    overCaps: 0,
  }) as any

test.group('The sending domain', () => {
  const of = (name: string, status: string) => ({ data: [{ id: '1', name, status, region: 'eu-west-1' }], note: null })
  for (const [what, domains, level] of [
    ['verified is fine', of('bluedoor.shop', 'verified'), 'ok'],
    ['pending blocks', of('bluedoor.shop', 'pending'), 'block'],
    ['unknown to the provider blocks', of('other.shop', 'verified'), 'block'],
    ['that cannot be seen is advice', { data: [], note: 'This key may only send.' }, 'warn'],
  ] as const) {
    test(what, ({ assert }) => {
      assert.equal(sendingChecks(facts(domains)).find(({ id }) => id === 'domain')!.level, level)
    })
  }
})

test.group('What is known of the sender’s DNS', () => {
  const finding = (id: string, level: string, host: string | null = null) => ({
    id,
    level,
    message: id,
    fix: 'Do it.',
    host,
  })
  const watched = (findings: object[], hoursAgo = 2) => [
    { domain: 'bluedoor.shop', checkedAt: new Date(Date.now() - hoursAgo * 3_600_000), findings },
  ]
  const levels = (more: object) =>
    Object.fromEntries(sendingChecks({ ...facts({ data: [], note: '' }), ...more }).map(({ id, level }) => [id, level]))

  test('blocks what receivers reject, where mail really leaves', ({ assert }) => {
    const seen = watched([
      finding('spf', 'block'),
      finding('dkim', 'ok'),
      finding('dmarc', 'block'),
      finding('mx', 'warn'),
    ])
    assert.containsSubset(levels({ watched: seen }), { spf: 'block', dkim: 'ok', dmarc: 'block', mx: 'warn' })
    assert.containsSubset(levels({ watched: seen, isReal: false }), { spf: 'warn', dmarc: 'warn' })
  })

  test('no answer is no reason to block', ({ assert }) => {
    assert.equal(levels({ watched: watched([finding('spf', 'unknown')]) }).spf, 'warn')
  })

  test('what is older than two days, or was never looked at, is not known', ({ assert }) => {
    const old = levels({ watched: watched([finding('spf', 'block')], 49) })
    assert.equal(old.domain_watch, 'warn')
    assert.notProperty(old, 'spf')
    assert.equal(levels({ watched: [] }).domain_watch, 'warn')
  })

  test('an installation that sends nothing hears nothing of it', ({ assert }) => {
    assert.notProperty(levels({ watched: [], provider: 'capture', isReal: false }), 'domain_watch')
  })

  test('answers to another domain are a warning when nobody gets them', ({ assert }) => {
    const from = { name: 'x', email: 'hello@bluedoor.shop' }
    const draft = { audience: {}, from, subject: '', replyTo: 'us@bluedoor.org' }
    const beside = watched([finding('reply_to', 'warn', 'bluedoor.org')])
    assert.equal(levels({ draft, watched: beside }).reply_to_mx, 'warn')
    const own = [...watched([]), { domain: 'bluedoor.org', checkedAt: new Date(), findings: [finding('mx', 'warn')] }]
    assert.equal(levels({ draft, watched: own }).reply_to_mx, 'warn')
    assert.notProperty(levels({ draft, watched: watched([]) }), 'reply_to_mx')
  })
})

test.group('Addresses that only we can open', () => {
  for (const url of [
    'http://localhost:3333',
    'http://127.0.0.1',
    'https://10.0.0.5',
    'http://192.168.1.2',
    'http://crm.local',
    'http://[::1]:80',
  ]) {
    test(`${url} is one`, ({ assert }) => assert.isTrue(isLocal(url)))
  }
  for (const url of ['https://crm.bluedoor.shop', 'https://172.15.0.1', 'https://localhost.bluedoor.shop']) {
    test(`${url} is none`, ({ assert }) => assert.isFalse(isLocal(url)))
  }
})
