import { test } from '@japa/runner'
import { sendingChecks } from '#app/compliance/sending_checks'
import { isLocal } from '#app/compliance/reach'

const facts = (domains: object) =>
  ({
    workspace: { defaultFromEmail: 'hello@bluedoor.shop', postalAddress: '1 Harbour Street' },
    draft: { audience: {}, from: { name: 'x', email: 'hello@bluedoor.shop' }, replyTo: null },
    topic: { id: 1, name: 'Specials', isActive: true },
    audience: { candidates: 1, mailable: 1, excluded: {} },
    audienceProblem: null,
    provider: 'resend',
    isReal: true,
    largestSend: null,
    domains,
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
