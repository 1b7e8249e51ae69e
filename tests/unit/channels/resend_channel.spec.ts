import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { getActiveTestOrFail, test } from '@japa/runner'
import { resendChannel, resendClient, type Outcome, type OutgoingMail } from '#channels'
import { standIn, type ChaosRule } from '#tests/support/stand_in'

const mail = (no: number, changes: Partial<OutgoingMail> = {}): OutgoingMail => ({
  from: '"Blue Door Bakery" <news@bakery.test>',
  to: `p${no}@people.test`,
  subject: 'Fresh bread on Friday',
  html: '<p>Fresh bread</p>',
  text: 'Fresh bread',
  headers: { 'List-Unsubscribe': '<https://bakery.test/u/abc>' },
  tags: { w: '1', c: '2', m: String(no) },
  ...changes,
})
const mails = (count: number) => Array.from({ length: count }, (_, no) => mail(no))

/** The stand-in under one rule, and what our channel makes of its answer. */
async function answerUnder(
  rule: ChaosRule | null,
  { apiKey = 're_bakery', count = 2, signal }: { apiKey?: string; count?: number; signal?: AbortSignal } = {}
) {
  const server = await standIn()
  if (rule) server.chaos([rule])
  const channel = resendChannel({ apiKey, baseUrl: `${server.url}/` })
  const outcome = await channel.send(mails(count), { idempotencyKey: 'batch-1', signal })
  return { server, channel, outcome }
}

const status = (code: number, name: string, message = 'no'): ChaosRule => ({
  effect: 'status',
  status: code,
  name,
  message,
})

test.group('The Resend channel', () => {
  test('gives one id for each mail, in order, and what the account may still do', async ({ assert }) => {
    const { server, outcome } = await answerUnder(null, { count: 100 })
    assert.equal(outcome.kind, 'accepted')
    if (outcome.kind !== 'accepted') return
    assert.lengthOf(outcome.ids, 100)
    const [first] = await server.mails({ to: 'p0@people.test' })
    assert.equal(outcome.ids[0], first.id)
    assert.deepEqual(first.tags, { w: '1', c: '2', m: '0' })
    assert.equal(first.headers['List-Unsubscribe'], '<https://bakery.test/u/abc>')
    assert.isAbove(outcome.limits!.perSecond, 1)
  })

  const refusals: [string, ChaosRule | null, { apiKey?: string }, Partial<Extract<Outcome, { kind: 'refused' }>>][] = [
    ['401 with a key that may not', status(401, 'restricted_api_key'), {}, { why: 'credentials' }],
    ['403 for an invalid key', null, { apiKey: 're_bad_key' }, { why: 'credentials' }],
    ['403 for a suspended key', null, { apiKey: 're_suspended_key' }, { why: 'credentials' }],
    [
      '403 for a domain that is not verified',
      status(403, 'validation_error', 'The bakery.test domain is not verified.'),
      {},
      { why: 'domain' },
    ],
    [
      '403 for the sandbox sender',
      status(403, 'validation_error', 'You can only send testing emails to your own address.'),
      {},
      { why: 'domain' },
    ],
    ['400 for a bad key of ours', status(400, 'invalid_idempotency_key'), {}, { why: 'request' }],
    ['404', status(404, 'not_found'), {}, { why: 'request' }],
    ['409 while the same key is worked on', status(409, 'concurrent_idempotent_requests'), {}, { why: 'in_flight' }],
    ['409 for the same key with other contents', status(409, 'invalid_idempotent_request'), {}, { why: 'bug' }],
    ['422 about a mail', status(422, 'validation_error', 'Invalid `to` field.'), {}, { why: 'message' }],
    ['422 about the From', status(422, 'invalid_from_address'), {}, { why: 'domain' }],
    ['429 for the second', { effect: 'rate_limit' }, {}, { why: 'rate', retryAfterMs: 1_000 }],
    ['451', status(451, 'security_error'), {}, { why: 'request' }],
    ['500', status(500, 'internal_server_error'), {}, { why: 'provider', mayHaveBeenSent: true }],
    ['an HTML page of the edge', { effect: 'html', status: 502 }, {}, { why: 'provider', mayHaveBeenSent: true }],
  ]
  for (const [what, rule, options, expected] of refusals) {
    test(`calls ${what} by its class`, async ({ assert }) => {
      const { outcome } = await answerUnder(rule, options)
      assert.equal(outcome.kind, 'refused')
      for (const [key, value] of Object.entries(expected)) assert.deepEqual((outcome as any)[key], value, key)
    })
  }

  for (const effect of ['daily_quota', 'monthly_quota'] as const) {
    test(`learns when the ${effect.replace('_', ' ')} begins anew`, async ({ assert }) => {
      const { outcome } = await answerUnder({ effect, match: { path: '/emails/batch' } })
      assert.containsSubset(outcome, { kind: 'refused', why: 'quota' })
      assert.isAbove((outcome as any).until.getTime(), Date.now())
    })
  }

  const doubts: [string, ChaosRule, boolean, string?][] = [
    ['a connection dropped before', { effect: 'drop_before' }, false],
    ['a connection dropped after the mails were accepted', { effect: 'drop_after_accept' }, true],
    ['a truncated answer', { effect: 'truncate' }, true],
    ['an answer of null', { effect: 'null_body' }, true],
    ['an error of null', { effect: 'null_body', status: 500, accept: false }, false, 'refused'],
  ]
  for (const [what, rule, wasAccepted, kind = 'unknown'] of doubts) {
    test(`says of ${what} that nobody knows, and the same key makes it known`, async ({ assert }) => {
      const { server, channel, outcome } = await answerUnder({ ...rule, times: 1 })
      assert.equal(outcome.kind, kind)
      if (outcome.kind === 'refused') assert.isTrue(outcome.mayHaveBeenSent)
      assert.equal(server.stats().accepted, wasAccepted ? 2 : 0)
      assert.equal((await channel.send(mails(2), { idempotencyKey: 'batch-1' })).kind, 'accepted')
      assert.equal(server.stats().accepted, 2)
      assert.equal(server.stats().duplicates, 0)
    })
  }

  test('waits no longer than it is told', async ({ assert }) => {
    const began = Date.now()
    const { outcome } = await answerUnder({ effect: 'hang' }, { signal: AbortSignal.timeout(60) })
    assert.equal(outcome.kind, 'unknown')
    assert.isBelow(Date.now() - began, 20_000, 'a call may take thirty seconds')
  })

  for (const [where, baseUrl] of [
    ['nobody at home', 'http://127.0.0.1:9'],
    ['a name that leads nowhere', 'https://nowhere.invalid'],
  ]) {
    test(`knows of ${where} that nothing was sent`, async ({ assert }) => {
      const channel = resendChannel({ apiKey: 're_bakery', baseUrl })
      const outcome = await channel.send(mails(1), { idempotencyKey: 'k' })
      assert.containsSubset(outcome, { kind: 'refused', why: 'provider' })
      assert.notProperty(outcome, 'mayHaveBeenSent')
    })
  }

  test('says on the wire what the official SDK would say', async ({ assert }) => {
    const { url, seen } = await listener()
    const all = mails(2).map((one, no) => (no === 0 ? { ...one, replyTo: 'hello@bakery.test' } : one))
    await resendChannel({ apiKey: 're_bakery', baseUrl: url }).send(all, { idempotencyKey: 'batch-1' })
    const asTheSdkWantsThem = all.map(({ tags, ...one }) => ({
      ...one,
      tags: Object.entries(tags).map(([name, value]) => ({ name, value })),
    }))
    await resendClient({ apiKey: 're_bakery', baseUrl: url }).batch.send(asTheSdkWantsThem as any, {
      idempotencyKey: 'batch-1',
    })
    const [ours, theirs] = seen
    assert.deepEqual(ours, theirs)
    assert.lengthOf(ours.body, 2)
    assert.equal(ours.headers['idempotency-key'], 'batch-1')
  })
})

/** A server that only writes down what it is told. */
async function listener() {
  const seen: { method: string; url: string; headers: Record<string, unknown>; body: any }[] = []
  const server = http.createServer(async (request, response) => {
    const { authorization, 'user-agent': agent, 'content-type': type, ...others } = request.headers
    const [key, validation] = [others['idempotency-key'], others['x-batch-validation']]
    const headers = { authorization, agent, type, 'idempotency-key': key, validation }
    seen.push({ method: request.method!, url: request.url!, headers, body: await json(request) })
    response.end('{}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  getActiveTestOrFail().cleanup(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen }
}
