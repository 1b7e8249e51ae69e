import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { progressOf, receiptOf } from '#tests/support/campaign'
import { bakery } from '#tests/support/workspace'
import { sesCampaign, sesInPlace, SES_CREDENTIALS } from '#tests/support/ses_campaign'

test.group('Amazon SES', () => {
  test('half an answer is no answer: who may have the mail never gets it again', async ({ client, assert }) => {
    const story = await sesCampaign({ client, troubles: ['garbled'] })
    await story.send({ rounds: 4 })
    assert.lengthOf(story.ses.mails, 3)
    assert.containsSubset(await receiptOf(story.shipment), {
      closes: true,
      accepted: { total: 2 },
      unconfirmed: { total: 1 },
    })
  })

  test('takes one mail a call, whole, with our tags and headers', async ({ client, assert }) => {
    const story = await sesCampaign({ client })
    await story.send()
    assert.equal(story.ses.calls(), 3)
    const mail = story.mailOf(0)
    assert.deepEqual(mail.tags, { w: String(story.workspace.id), c: String(story.campaignId), m: String(story.ids[0]) })
    assert.equal(mail.configurationSet, 'bakery')
    assert.equal(mail.to, 'p0@people.test')
    assert.equal(mail.mime.subject, `Fresh bread, P${story.ids[0]}`)
    assert.equal(mail.mime.from!.address, 'news@bakery.test')
    assert.include(mail.mime.html!, 'of Bristol')
    assert.include(mail.mime.text!, 'of Bristol')
    const header = (name: string) => mail.mime.headers.find(({ key }) => key === name)?.value ?? ''
    assert.match(header('list-unsubscribe'), /^<http.*\/u\/[\w-]+>$/)
    assert.equal(header('list-unsubscribe-post'), 'List-Unsubscribe=One-Click')
    assert.containsSubset(await progressOf(story.shipment), { state: 'finished', accepted: 3 })
    assert.equal((await story.messages())[0].provider_id, mail.id)
  })

  for (const [name, trouble, reason] of [
    [
      'an address that it does not take',
      { status: 400, type: 'BadRequestException', message: 'Illegal address' },
      'refused_recipient',
    ],
    [
      'a reader who is not verified in the sandbox',
      {
        status: 400,
        type: 'MessageRejected',
        message:
          'Email address is not verified. The following identities failed the check in region EU-WEST-1: p0@people.test',
      },
      'refused_recipient',
    ],
    ['contents that it rejects', { status: 400, type: 'MessageRejected', message: 'Bad content' }, 'refused_message'],
  ] as const) {
    test(`${name}: that person has failed, the others get theirs`, async ({ client, assert }) => {
      const story = await sesCampaign({ client, troubles: [trouble] })
      await story.send({ rounds: 3 })
      assert.lengthOf(story.ses.mails, 2)
      const { failed, accepted, closes } = await receiptOf(story.shipment)
      assert.deepEqual(failed, { total: 1, reasons: { [reason]: 1 } })
      assert.equal(accepted.total, 2)
      assert.isTrue(closes)
    })
  }

  for (const [name, trouble, reason] of [
    [
      'a sender who is not verified',
      {
        status: 400,
        type: 'MessageRejected',
        message:
          'Email address is not verified. The following identities failed the check in region EU-WEST-1: news@bakery.test',
      },
      /^domain/,
    ],
    [
      'a MAIL FROM that is not verified',
      { status: 400, type: 'MailFromDomainNotVerifiedException', message: 'MX is missing' },
      /^domain/,
    ],
    [
      'an account that is suspended',
      { status: 400, type: 'AccountSuspendedException', message: 'Suspended' },
      /^credentials/,
    ],
    ['sending that is paused', { status: 400, type: 'SendingPausedException', message: 'Paused' }, /^credentials/],
    [
      'a key that was deleted',
      { status: 403, type: 'UnrecognizedClientException', message: 'Invalid token' },
      /^credentials/,
    ],
    [
      'a configuration set that is not there',
      { status: 404, type: 'NotFoundException', message: 'bakery does not exist' },
      /^request/,
    ],
  ] as const) {
    test(`${name} stops the campaign, and nobody is lost`, async ({ client, assert }) => {
      const story = await sesCampaign({ client, people: 1, troubles: [trouble] })
      await story.send()
      const progress = await progressOf(story.shipment)
      assert.containsSubset(progress, { state: 'stopped', queued: 1, sending: 0 })
      assert.match(progress.stop_reason!, reason)
    })
  }

  test('too fast is slowed down, and a quota is waited for', async ({ client, assert }) => {
    const story = await sesCampaign({
      client,
      troubles: [{ status: 429, type: 'TooManyRequestsException', message: 'Maximum sending rate exceeded.' }],
    })
    await story.send({ rounds: 4 })
    assert.containsSubset(await progressOf(story.shipment), { state: 'finished', accepted: 3 })
    assert.equal(story.ses.calls(), 4)
    const other = await sesCampaign({
      client,
      troubles: [{ status: 429, type: 'TooManyRequestsException', message: 'Daily message quota exceeded.' }],
    })
    await other.send()
    const progress = await progressOf(other.shipment)
    assert.containsSubset(progress, { state: 'running', queued: 3 })
    assert.match(progress.waiting_for!.reason, /quota/)
  })

  for (const [name, trouble] of [
    ['whose answer is lost', 'drop'],
    ['that breaks off', 'reset'],
    ['that ends in an error of its own', { status: 500, type: 'InternalServiceErrorException', message: 'Oops' }],
  ] as const) {
    test(`a call ${name} is unconfirmed and never made again`, async ({ client, assert }) => {
      const story = await sesCampaign({ client, people: 2, troubles: [trouble] })
      await story.send({ rounds: 4 })
      assert.equal(story.ses.calls(), 2)
      const { unconfirmed, accepted, closes } = await receiptOf(story.shipment)
      assert.equal(unconfirmed.total, 1)
      assert.equal(accepted.total, 1)
      assert.isTrue(closes)
    })
  }

  test('a server that is not there has not sent anything', async ({ client, assert }) => {
    const story = await sesCampaign({ client, people: 1 })
    process.env.SES_BASE_URL = 'http://127.0.0.1:9'
    await story.send()
    assert.containsSubset(await progressOf(story.shipment), { state: 'running', sending: 1, unconfirmed: 0 })
    process.env.SES_BASE_URL = story.ses.url
    await story.send({ rounds: 3 })
    assert.containsSubset(await progressOf(story.shipment), { state: 'finished', accepted: 1 })
  })

  test('credentials are tried first: whose key, which region, what the account may', async ({ client, assert }) => {
    const ses = await sesInPlace()
    const { token } = await bakery()
    const post = (credentials: object) =>
      client
        .post('/api/v1/providers')
        .bearerToken(token)
        .json({ kind: 'ses', credentials: { ...SES_CREDENTIALS, ...credentials } })
    const unknown = await post({ access_key_id: 'AKIAUNKNOWN000000000' })
    unknown.assertStatus(422)
    unknown.assertBodyContains({ errors: [{ code: 'E_KEY_REFUSED', field: 'credentials.access_key_id' }] })
    ;(await post({ region: 'evil.example.com/' })).assertBodyContains({ errors: [{ field: 'credentials.region' }] })
    const kept = await post({})
    kept.assertStatus(201)
    kept.assertBodyContains({
      hint: 'AKIAB…RY00 · eu-west-1',
      settings: { region: 'eu-west-1', configuration_set: 'bakery' },
    })
    assert.notInclude(JSON.stringify(kept.body()), SES_CREDENTIALS.secret_access_key)
    const { per_second: perSecond } = await db
      .from('rate_budgets')
      .whereIn('account', db.from('provider_accounts').where('id', kept.body().id).select('account'))
      .first()
    assert.equal(perSecond, 80)
    assert.lengthOf(ses.mails, 0)
  })
})
