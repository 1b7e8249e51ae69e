import { test } from '@japa/runner'
import type { SMTPServerOptions } from 'smtp-server'
import db from '@adonisjs/lucid/services/db'
import { AT_ONCE, smtpAccount } from '#channels'
import { sendAllOf } from '#delivery'
import { markedMailIn } from '#app/delivery/feedback/bounces/mail_mark'
import { audience, freeze, letTimePass, receiptOf } from '#tests/support/campaign'
import { mailServer } from '#tests/support/mail_server'
import { setEnvironment } from '#tests/support/environment'

type Answer = { code: number; text: string } | null

/** A campaign that leaves through a mail server which answers each address as told. */
async function throughServer(
  answer: (address: string) => Answer,
  {
    people = 3,
    addresses,
    at = 'recipient',
  }: { people?: number; addresses?: string[]; at?: 'recipient' | 'message' } = {}
) {
  const refusal = (given: Answer) => (given ? Object.assign(new Error(given.text), { responseCode: given.code }) : null)
  const options: SMTPServerOptions =
    at === 'recipient'
      ? { onRcptTo: ({ address }, _, done) => done(refusal(answer(address))) }
      : {
          onData(stream, { envelope }, done) {
            stream.resume()
            stream.on('end', () => done(refusal(answer(envelope.rcptTo[0].address))))
          },
        }
  const server = await mailServer(options)
  const url = `smtp://127.0.0.1:${server.port}`
  setEnvironment({ SMTP_URL: url })
  const account = smtpAccount({ url })
  const story = await audience(addresses ? { addresses } : { people })
  const { shipment, campaignId } = await freeze(story)
  return {
    ...story,
    server,
    shipment,
    campaignId,
    send: () => sendAllOf({ workspaceId: story.workspace.id }),
    message: (no: number) => db.from('messages').where({ campaign_id: campaignId, contact_id: story.ids[no] }).first(),
    batches: () =>
      db.from('batches').where({ workspace_id: story.workspace.id }).whereIn('state', ['queued', 'sealed']),
    suppressed: async () =>
      (await db.from('suppressions').where({ workspace_id: story.workspace.id })).map(({ address, reason }) => [
        address,
        reason,
      ]),
    bounces: () => db.from('bounces').where({ workspace_id: story.workspace.id }),
    budget: () => db.from('rate_budgets').where({ account }).first(),
    paces: () => db.from('domain_paces').where({ account }).orderBy('domain'),
  }
}

const only = (address: string, answer: Answer) => (asked: string) => (asked === address ? answer : null)

test.group('What a mail server answers', () => {
  test('an address that it does not know is accounted for and given up', async ({ assert }) => {
    const story = await throughServer(
      only('p1@people.test', { code: 550, text: '5.1.1 <p1@people.test>: User unknown' })
    )
    await story.send()
    assert.containsSubset(await story.message(1), {
      state: 'failed',
      reason: 'refused_hard',
      note: 'The address does not exist. · 550 5.1.1 ‹address›: User unknown',
    })
    assert.deepEqual(await story.suppressed(), [['p1@people.test', 'hard_bounce']])
    assert.containsSubset(await story.bounces(), [{ class: 'hard', source: 'smtp', rule: 'no_such_address' }])
    assert.containsSubset(await receiptOf(story.shipment), {
      closes: true,
      accepted: { total: 2 },
      failed: { total: 1, reasons: { refused_hard: 1 } },
    })
  })

  test('the same after the whole mail, and only once', async ({ assert }) => {
    const answer = only('p0@people.test', { code: 550, text: '5.1.1 No such user here' })
    const story = await throughServer(answer, { at: 'message' })
    await story.send()
    await story.send()
    assert.equal((await story.message(0)).reason, 'refused_hard')
    assert.lengthOf(await story.bounces(), 1)
  })

  test('greylisting is waited out, without burning through the tries', async ({ assert }) => {
    let tries = 0
    const story = await throughServer((address) =>
      address === 'p0@people.test' && ++tries <= 2
        ? { code: 451, text: '4.7.1 Greylisting in action, try later' }
        : null
    )
    await story.send()
    assert.equal(tries, 1)
    const [waiting] = await story.batches()
    assert.equal(waiting.deferrals, 1)
    assert.closeTo((waiting.not_before.getTime() - Date.now()) / 60_000, 5, 0.5)
    assert.isNotOk((await story.budget())?.failures, 'the server is well')
    for (let time = 0; time < 2; time++) {
      await letTimePass(story.shipment)
      await story.send()
    }
    assert.equal((await story.message(0)).state, 'accepted')
    assert.lengthOf(await story.bounces(), 0)
    assert.equal(tries, 3)
  })

  test('whoever is not taken for nine hours is accounted for, and it counts as soft', async ({ assert }) => {
    const story = await throughServer(only('p0@people.test', { code: 452, text: '4.2.2 Mailbox full' }))
    const waits: number[] = []
    for (let time = 0; time < 8; time++) {
      await letTimePass(story.shipment)
      await story.send()
      const [waiting] = await story.batches()
      if (waiting) waits.push(Math.round((waiting.not_before.getTime() - Date.now()) / 60_000))
    }
    assert.deepEqual(waits, [5, 10, 20, 40, 80, 160, 240])
    assert.containsSubset(await story.message(0), { state: 'failed', reason: 'refused_soft' })
    assert.containsSubset(await story.bounces(), [{ class: 'soft', rule: 'mailbox_full' }])
    assert.deepEqual(await story.suppressed(), [])
    assert.isTrue((await receiptOf(story.shipment)).closes)
  })

  test('a refusal because of the sender fails the mail and not the address, and soon stops the campaign', async ({
    assert,
  }) => {
    const blocked = { code: 554, text: '5.7.1 Service unavailable; Client host blocked using zen.spamhaus.org' }
    const story = await throughServer(() => blocked, { people: 30 })
    await story.send()
    assert.containsSubset(await story.message(0), { state: 'failed', reason: 'refused_block' })
    assert.deepEqual(await story.suppressed(), [])
    const shipment = await db.from('shipments').where({ id: story.shipment.id }).first()
    assert.equal(shipment.state, 'stopped')
    assert.match(shipment.stop_reason, /^blocked: \d+ mails were refused because of the sender/)
    assert.isAtMost((await story.bounces()).length, AT_ONCE)
  })

  test('a server that asks for a slower pace is left alone for minutes', async ({ assert }) => {
    const story = await throughServer(() => ({ code: 421, text: '4.7.0 Too many messages, slow down' }), { people: 1 })
    await story.send()
    const budget = await story.budget()
    assert.closeTo((budget.paused_until.getTime() - Date.now()) / 60_000, 5, 0.5)
    assert.match(budget.pause_reason, /^provider: Too many mails at once/)
    assert.lengthOf(await story.batches(), 1)
  })

  const SLOW = { code: 450, text: '4.2.1 The user you are trying to contact is receiving mail too quickly, rate limit' }
  const slowAt = (domain: string) => (address: string) => (address.endsWith(`@${domain}`) ? SLOW : null)

  test('one mailbox provider that asks for patience gets a slower pace, and the others their mail', async ({
    assert,
  }) => {
    const addresses = ['a@gmail.com', 'b@gmail.com', ...Array.from({ length: 18 }, (_, no) => `p${no}@people.test`)]
    const story = await throughServer(slowAt('gmail.com'), { addresses })
    await story.send()
    assert.lengthOf(story.server.received, 18)
    assert.isNull((await story.budget())?.paused_until ?? null)
    assert.containsSubset(await story.paces(), [{ domain: 'gmail.com', per_minute: 600 }])
    assert.lengthOf(await story.batches(), 2, 'each waits by itself')
  })

  test('when it puts off everybody, wherever they are, the account rests', async ({ assert }) => {
    const addresses = Array.from({ length: 16 }, (_, no) => `p${no}@people${no}.test`)
    const story = await throughServer(() => SLOW, { addresses })
    await story.send()
    const budget = await story.budget()
    assert.closeTo((budget.paused_until.getTime() - Date.now()) / 60_000, 5, 0.5)
    assert.lengthOf(await story.paces(), 0)
    assert.lengthOf(await story.batches(), 9, 'eight wait by themselves, the others were not tried')
  })

  test('each mail carries its mark, so that a report about it is known', async ({ assert }) => {
    const story = await throughServer(() => null, { people: 1 })
    const server = await mailServer()
    process.env.SMTP_URL = `smtp://127.0.0.1:${server.port}`
    await story.send()
    const id = /^Message-ID:\s+<(.+)@bakery\.test>/im.exec(server.received[0])![1]
    assert.deepEqual(markedMailIn(id), {
      workspaceId: story.workspace.id,
      campaignId: story.campaignId,
      contactId: story.ids[0],
    })
  })
})
