import { getActiveTestOrFail, test } from '@japa/runner'
import { once } from 'node:events'
import net, { type AddressInfo } from 'node:net'
import type { SMTPServerOptions } from 'smtp-server'
import { AT_ONCE, smtpChannel } from '#channels'
import { mailServer } from '#tests/support/mail_server'

const mail = {
  from: '"Blue Door Bakery" <news@bakery.test>',
  to: 'ada@people.test',
  subject: 'Fresh bread — on Friday',
  html: '<p>Fresh bread</p>',
  text: 'Fresh bread',
  headers: {
    'List-Unsubscribe': '<https://bakery.test/u/abc>',
    'List-Id': '"Weekly specials" <topic-1.workspace-12345.news.bluedoor-bakery.test>',
  },
  tags: { c: '2', m: '1' },
}

/** A channel to a real SMTP server in this process. */
async function server(options: SMTPServerOptions = {}) {
  const { received, port } = await mailServer(options)
  return { received, channel: smtpChannel({ url: `smtp://127.0.0.1:${port}` }) }
}

const says = (responseCode: number, text: string) => Object.assign(new Error(text), { responseCode })

test.group('The SMTP channel', () => {
  test('hands one mail over, whole', async ({ assert }) => {
    const { channel, received } = await server()
    const outcome = await channel.send([mail], { idempotencyKey: 'k-1' })
    assert.equal(outcome.kind, 'accepted')
    assert.lengthOf(received, 1)
    assert.include(received[0], 'List-Unsubscribe: <https://bakery.test/u/abc>')
    assert.match(
      received[0],
      /^List-Id: "Weekly specials" <topic-1\.workspace-12345\.news\.bluedoor-bakery\.test>\r$/im
    )
    assert.include(received[0], 'To: ada@people.test')
    assert.match(received[0], /Message-ID: <[0-9a-f]{32}@bakery\.test>/i)
  })

  test('takes several side by side, a call each, and promises nothing about keys', async ({ assert }) => {
    const { channel } = await server()
    assert.equal(channel.batchSize, AT_ONCE)
    assert.isTrue(channel.isOneByOne)
    assert.equal(channel.keyLifeMs, 0)
  })

  test('says of each mail of a batch what became of it', async ({ assert }) => {
    const replies: Record<string, Error> = {
      'ben@people.test': says(550, 'No such mailbox'),
      'cara@people.test': says(451, 'Later'),
    }
    const { channel, received } = await server({ onRcptTo: ({ address }, _, done) => done(replies[address]) })
    const to = (...people: string[]) => people.map((name) => ({ ...mail, to: `${name}@people.test` }))
    assert.containsSubset(await channel.send(to('ada', 'ben', 'cara', 'dora'), { idempotencyKey: 'k' }), {
      kind: 'each',
      because: null,
      results: [
        { kind: 'accepted' },
        { kind: 'answered', reply: { code: 550, stage: 'recipient' } },
        { kind: 'answered', reply: { code: 451, stage: 'recipient' } },
        { kind: 'accepted' },
      ],
    })
    const ids = received.map((text) => /Message-ID: <(.+)>/i.exec(text)![1])
    assert.lengthOf(new Set(ids), 2, 'each has a Message-ID of its own')
    const both = await channel.send(to('ada', 'dora'), { idempotencyKey: 'k2' })
    assert.equal(both.kind, 'accepted')
    assert.lengthOf((both as { ids: string[] }).ids, 2)
  })

  test('what is about none of them is told once', async ({ assert }) => {
    const { channel } = await server({ onMailFrom: (_, __, done) => done(says(553, 'Not you')) })
    const outcome = await channel.send([mail, { ...mail, to: 'ben@people.test' }], { idempotencyKey: 'k' })
    assert.containsSubset(outcome, { kind: 'refused', why: 'domain' })
  })

  test('tells a refused person from a refused sender and a refused text', async ({ assert }) => {
    const person = await server({ onRcptTo: (_, __, done) => done(says(550, 'No such mailbox')) })
    assert.containsSubset(await person.channel.send([mail], { idempotencyKey: 'k' }), {
      kind: 'refused',
      why: 'recipient',
    })
    const sender = await server({ onMailFrom: (_, __, done) => done(says(553, 'Not you')) })
    assert.containsSubset(await sender.channel.send([mail], { idempotencyKey: 'k' }), {
      kind: 'refused',
      why: 'domain',
    })
    const text = await server({
      onData: (stream, _, done) => {
        stream.resume()
        stream.on('end', () => done(says(554, 'Spam')))
      },
    })
    assert.containsSubset(await text.channel.send([mail], { idempotencyKey: 'k' }), { kind: 'refused', why: 'message' })
  })

  test('a busy server is the trouble of the provider: nothing was sent', async ({ assert }) => {
    const { channel } = await server({ onRcptTo: (_, __, done) => done(says(451, 'Later')) })
    const outcome = await channel.send([mail], { idempotencyKey: 'k' })
    assert.containsSubset(outcome, { kind: 'refused', why: 'provider' })
    assert.notProperty(outcome, 'mayHaveBeenSent')
  })

  test('a server that is not there has not sent anything', async ({ assert }) => {
    const channel = smtpChannel({ url: 'smtp://127.0.0.1:9' })
    assert.containsSubset(await channel.send([mail], { idempotencyKey: 'k' }), { kind: 'refused', why: 'provider' })
  })

  test('a connection lost after the mail was handed over is unknown, and the mail is not sent again', async ({
    assert,
  }) => {
    let handedOver = 0
    const dropper = net.createServer((socket) => {
      socket.write('220 bakery.test\r\n')
      let inData = false
      socket.on('error', () => {})
      socket.on('data', (bytes) => {
        const text = bytes.toString()
        if (inData) {
          if (!text.includes('\r\n.\r\n')) return
          handedOver++
          return socket.destroy()
        }
        if (/^DATA/im.test(text)) {
          inData = true
          return socket.write('354 go on\r\n')
        }
        socket.write(/^EHLO/i.test(text) ? '250 bakery.test\r\n' : '250 ok\r\n')
      })
    })
    dropper.listen(0, '127.0.0.1')
    await once(dropper, 'listening')
    getActiveTestOrFail().cleanup(() => void dropper.close())
    const channel = smtpChannel({ url: `smtp://127.0.0.1:${(dropper.address() as AddressInfo).port}` })
    assert.equal((await channel.send([mail], { idempotencyKey: 'k' })).kind, 'unknown')
    assert.equal(handedOver, 1)
  })
})
