import { getActiveTestOrFail, test } from '@japa/runner'
import { once } from 'node:events'
import net, { type AddressInfo } from 'node:net'
import type { SMTPServerOptions } from 'smtp-server'
import { AT_ONCE, smtpAccount, smtpChannel } from '#channels'
import { transportFor } from '../../../app/channels/email/smtp_connection.ts'
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
      let [inData, heard] = [false, '']
      socket.on('error', () => {})
      socket.on('data', (bytes) => {
        const text = (heard += bytes.toString())
        if (!text.endsWith(inData ? '\r\n.\r\n' : '\r\n')) return
        heard = ''
        if (inData) {
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

  for (const [when, hangUp] of [
    ['says nothing at all', 'greeting'],
    ['hangs up before it asks for the mail', 'MAIL'],
    ['hangs up instead of taking the reader', 'RCPT'],
  ] as const) {
    test(`a server that ${when} has certainly not sent it`, async ({ assert }) => {
      const { channel } = await scripted((line, socket) => {
        if (hangUp === 'greeting' || line.startsWith(hangUp)) return void socket.destroy()
        socket.write('250 ok\r\n')
      }, hangUp !== 'greeting')
      assert.containsSubset(await channel.send([mail], { idempotencyKey: 'k' }), { kind: 'refused', why: 'provider' })
      const both = await channel.send([mail, mail], { idempotencyKey: 'k' })
      assert.containsSubset(both, { kind: 'refused', why: 'provider' })
    })
  }

  test('a server that takes so many mails on a connection has certainly not sent the next', async ({ assert }) => {
    const taken: string[] = []
    const { channel } = await scripted((line, socket, session) => {
      if (line.startsWith('MAIL') && session.mails > 0) return void socket.end('421 4.7.0 Enough on this one\r\n')
      if (line.startsWith('DATA')) return void socket.write('354 go on\r\n')
      if (line === '.') {
        session.mails++
        taken.push('one')
      }
      if (!session.isInData) socket.write('250 ok\r\n')
    })
    assert.equal((await channel.send([mail], { idempotencyKey: 'k1' })).kind, 'accepted')
    const next = await channel.send([mail], { idempotencyKey: 'k2' })
    assert.containsSubset(next, { kind: 'refused', why: 'provider' })
    assert.lengthOf(taken, 1)
  })

  test('a server whose certificate nobody signed is not written to, and that is certain', async ({ assert }) => {
    const { port } = await mailServer({ disabledCommands: ['AUTH'], secure: false })
    const channel = smtpChannel({
      server: { host: '127.0.0.1', port, security: 'starttls' },
      mayBePrivate: true,
    })
    assert.containsSubset(await channel.send([mail], { idempotencyKey: 'k' }), { kind: 'refused', why: 'provider' })
  })

  test('half an answer after the mail is no answer', async ({ assert }) => {
    const { channel } = await scripted((line, socket, session) => {
      if (line.startsWith('DATA')) return void socket.write('354 go on\r\n')
      if (line === '.') return void socket.end('250 2.0.0 Ok: que')
      if (!session.isInData) socket.write('250 ok\r\n')
    })
    assert.equal((await channel.send([mail], { idempotencyKey: 'k' })).kind, 'unknown')
  })

  test('a password that is not accepted just now is no wrong password', async ({ assert }) => {
    const sign = async (code: number, text: string) => {
      const { port } = await mailServer({
        disabledCommands: ['STARTTLS'],
        allowInsecureAuth: true,
        onAuth: (_, __, done) => done(says(code, text)),
      } as SMTPServerOptions)
      const place = { host: '127.0.0.1', port, security: 'none' as const, user: 'ada', password: 'secret' }
      return smtpChannel({ server: place, mayBePrivate: true }).send([mail], { idempotencyKey: 'k' })
    }
    assert.containsSubset(await sign(454, '4.7.0 Too many login attempts, please try again later'), {
      kind: 'refused',
      why: 'provider',
      reply: { code: 454, stage: 'connection' },
    })
    assert.containsSubset(await sign(535, '5.7.8 Bad username or password'), { kind: 'refused', why: 'credentials' })
  })

  test('an address that nobody stands behind is refused by ourselves, and the server is well', async ({ assert }) => {
    const { channel } = await server()
    const outcome = await channel.send([mail, { ...mail, to: 'friends:;' }], { idempotencyKey: 'k' })
    assert.containsSubset(outcome, {
      kind: 'each',
      because: null,
      results: [{ kind: 'accepted' }, { kind: 'refused', why: 'recipient' }],
    })
  })

  test('goes on when a hundred other servers were used meanwhile', async ({ assert }) => {
    const { channel } = await server()
    for (let port = 1; port <= 120; port++) transportFor({ url: `smtp://127.0.0.1:${port}` })
    assert.equal((await channel.send([mail], { idempotencyKey: 'k' })).kind, 'accepted')
  })

  test('the same server and user by the environment and by hand are one account', ({ assert }) => {
    const byUrl = smtpAccount({ url: 'smtps://ada%40bakery.test:secret@Mail.bakery.test' })
    const byHand = { host: 'mail.bakery.test', port: 465, security: 'tls' as const, user: 'ada@bakery.test' }
    assert.equal(byUrl, smtpAccount({ server: byHand, mayBePrivate: false }))
    assert.notEqual(byUrl, smtpAccount({ url: 'smtps://ben%40bakery.test:secret@mail.bakery.test' }))
    assert.notInclude(byUrl, 'secret')
  })
})

interface Session {
  mails: number
  isInData: boolean
}

/** A server that says to each line what it is told to. `session`: what was said on this connection so far. */
async function scripted(
  answer: (line: string, socket: net.Socket, session: Session) => void,
  greets = true
): Promise<{ channel: ReturnType<typeof smtpChannel> }> {
  const sockets = new Set<net.Socket>()
  const listening = net.createServer((socket) => {
    const session: Session = { mails: 0, isInData: false }
    sockets.add(socket)
    socket.on('error', () => {})
    if (!greets) return void answer('', socket, session)
    socket.write('220 bakery.test\r\n')
    let rest = ''
    socket.on('data', (bytes) => {
      const lines = (rest + bytes.toString()).split('\r\n')
      rest = lines.pop()!
      for (const line of lines) {
        if (line === '.') session.isInData = false
        answer(line, socket, session)
        if (/^DATA$/i.test(line)) session.isInData = true
      }
    })
  })
  listening.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  getActiveTestOrFail().cleanup(() => {
    for (const socket of sockets) socket.destroy()
    listening.close()
  })
  return { channel: smtpChannel({ url: `smtp://127.0.0.1:${(listening.address() as AddressInfo).port}` }) }
}
