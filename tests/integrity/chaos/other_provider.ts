import http from 'node:http'
import net, { type AddressInfo } from 'node:net'
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { randomFrom } from '#tests/support/random'
import type { ChaosRule } from '#tests/support/stand_in'

/**
 * Providers that remember no keys, as a process: an SMTP server, Amazon SES and Postmark, each on a port of its own, and a door
 * for the harness. Whatever is accepted is written down by address. The rules are those of the stand-in of Resend, each meant
 * as it can happen here; the first that strikes a call does it alone.
 */
const mails: Record<string, number> = {}
let calls = 0
let rules: { rule: ChaosRule; left: number; chance: () => boolean }[] = []

interface Trouble {
  rule: ChaosRule | null
  waitMs: number
}

function troubleOfCall(): Trouble {
  calls++
  let waitMs = 0
  for (const one of rules) {
    if (one.left <= 0 || !one.chance()) continue
    one.left--
    if (one.rule.effect === 'latency') waitMs += one.rule.ms ?? 0
    else return { rule: one.rule, waitMs }
  }
  return { rule: null, waitMs }
}

const accept = (address: string) => (mails[address] = (mails[address] ?? 0) + 1)
const isRefused = (address: string) => address.startsWith('refused')
const isLost = ({ rule }: Trouble) =>
  rule?.effect === 'drop_after_accept' || Boolean(rule && 'accept' in rule && rule.accept)
const isGarbled = ({ rule }: Trouble) => rule?.effect === 'truncate' || rule?.effect === 'null_body'

const soon = (ms: number, act: () => void) => (ms > 0 ? setTimeout(act, ms) : act())

/** What a mail server says to a mail that it does not take, by what is wrong with it. */
const REPLIES: Record<string, string | undefined> = {
  status: '451 4.3.0 Local error',
  html: '451 4.3.0 Local error',
  rate_limit: '421 4.7.0 Too many messages, slow down',
  daily_quota: '452 4.3.1 Not now',
  monthly_quota: '452 4.3.1 Not now',
}

/** As much of RFC 5321 as a client needs. A line is answered when the one before it is. */
const smtp = net.createServer((socket) => {
  let [to, isInData, rest] = ['', false, '']
  let trouble: Trouble = { rule: null, waitMs: 0 }
  let turn = Promise.resolve()
  const say = (text: string) => void socket.write(`${text}\r\n`)
  const answers: Record<string, () => void | Promise<void>> = {
    async 'MAIL'() {
      trouble = troubleOfCall()
      await sleep(trouble.waitMs)
      if (trouble.rule?.effect === 'drop_before') socket.destroy()
      else say('250 ok')
    },
    'RCPT': () => say(isRefused(to) ? '550 5.1.1 No such user' : '250 ok'),
    'DATA': () => say('354 go on'),
    'QUIT': () => void socket.end('221 bye\r\n'),
    '.'() {
      const refusal = REPLIES[trouble.rule?.effect ?? '']
      if (refusal && !isLost(trouble)) return say(refusal)
      accept(to)
      if (isGarbled(trouble)) socket.end('250 2.0.0 Ok: que')
      else if (isLost(trouble)) socket.destroy()
      else say('250 2.0.0 Ok')
    },
  }
  async function hear(line: string) {
    if (isInData && line !== '.') return
    const verb = line.slice(0, 4).toUpperCase()
    to = verb === 'RCPT' ? /<(.+?)>/.exec(line)![1] : to
    await (answers[verb] ?? (() => say('250 ok')))()
    isInData = verb === 'DATA'
  }
  socket.on('error', () => {})
  socket.on('data', (bytes) => {
    const lines = (rest + bytes.toString()).split('\r\n')
    rest = lines.pop()!
    for (const line of lines) turn = turn.then(() => hear(line))
  })
  say('220 mail.test')
})

type Say = (status: number, json: unknown, headers?: Record<string, string>) => void
type Take = (told: any, say: Say, trouble: Trouble) => void

/** An HTTP API; `take` accepts and answers, when nothing is wrong with the call as a whole. */
function api(refuse: Record<string, (say: Say, rule: ChaosRule) => void>, take: Take) {
  return http.createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part) => parts.push(part))
    request.on('end', () => {
      if (request.method !== 'POST') return void response.writeHead(404).end('{}')
      const trouble = troubleOfCall()
      const told = JSON.parse(Buffer.concat(parts).toString())
      soon(trouble.waitMs, () => {
        const say: Say = (status, json, headers = {}) => {
          const body = JSON.stringify(json)
          response.writeHead(status, { 'content-type': 'application/json', ...headers })
          response.end(isGarbled(trouble) ? body.slice(0, body.length / 2) : body)
        }
        const { rule } = trouble
        if (rule?.effect === 'drop_before') return void request.socket.destroy()
        const refusal = rule && !isLost(trouble) ? refuse[rule.effect] : undefined
        if (refusal) return refusal(say, rule!)
        take(told, isLost(trouble) ? lose(request, say, rule!) : say, trouble)
      })
    })
  })
}

/** It has the mails; its answer is an error of its own, or none. */
const lose =
  (request: http.IncomingMessage, say: Say, rule: ChaosRule): Say =>
  () => {
    if ('status' in rule && rule.status) say(rule.status, { message: 'Internal error' })
    else request.socket.destroy()
  }

const error = (say: Say, status: number, type: string, message: string) =>
  say(status, { message }, { 'x-amzn-errortype': type })

const ses = api(
  {
    status: (say, rule) =>
      rule.status === 401
        ? error(say, 403, 'UnrecognizedClientException', 'The security token is invalid.')
        : error(say, 500, 'InternalFailure', 'Internal error'),
    html: (say) => error(say, 502, 'InternalFailure', 'Bad gateway'),
    rate_limit: (say) => error(say, 429, 'TooManyRequestsException', 'Maximum sending rate exceeded.'),
    daily_quota: (say) => error(say, 429, 'LimitExceededException', 'Daily message quota exceeded.'),
    monthly_quota: (say) => error(say, 429, 'LimitExceededException', 'Daily message quota exceeded.'),
  },
  (told, say) => {
    const [address] = told.Destination.ToAddresses
    if (isRefused(address)) return error(say, 400, 'BadRequestException', 'Illegal address')
    accept(address)
    say(200, { MessageId: randomUUID() })
  }
)

const postmark = api(
  {
    status: (say, rule) =>
      rule.status === 401
        ? say(401, { ErrorCode: 10, Message: 'Bad or missing token.' })
        : say(500, { ErrorCode: 0, Message: 'Internal error' }),
    html: (say) => say(502, { ErrorCode: 0, Message: 'Bad gateway' }),
    rate_limit: (say) => say(429, { ErrorCode: 429, Message: 'Rate limit exceeded.' }),
    daily_quota: (say) => say(422, { ErrorCode: 405, Message: 'Not allowed to send: out of credits.' }),
    monthly_quota: (say) => say(422, { ErrorCode: 405, Message: 'Not allowed to send: out of credits.' }),
  },
  (batch: any[], say) =>
    say(
      200,
      batch.map(({ To }) => {
        if (isRefused(To)) return { ErrorCode: 300, Message: "Invalid 'To' address." }
        accept(To)
        return { ErrorCode: 0, Message: 'OK', To, MessageID: randomUUID() }
      })
    )
)

/** For the harness: what was accepted, and other rules. */
const control = http.createServer((request, response) => {
  const parts: Buffer[] = []
  request.on('data', (part) => parts.push(part))
  request.on('end', () => {
    if (request.url === '/rules') {
      for (const address of Object.keys(mails)) delete mails[address]
      calls = 0
      rules = (JSON.parse(Buffer.concat(parts).toString()) as ChaosRule[]).map((rule) => {
        const { chance } = randomFrom(rule.seed ?? 1)
        return { rule, left: rule.times ?? Infinity, chance: () => chance(rule.probability ?? 1) }
      })
    }
    response.end(JSON.stringify({ mails, calls }))
  })
})

const ports: number[] = []
for (const server of [smtp, ses, postmark, control]) {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ports.push((server.address() as AddressInfo).port)
}
const [smtpPort, sesPort, postmarkPort, controlPort] = ports
process.send!({ ports: { smtp: smtpPort, ses: sesPort, postmark: postmarkPort, control: controlPort } })

let told = 0
setInterval(() => {
  if (calls === told) return
  told = calls
  process.send!({ calls })
}, 5)
process.once('disconnect', () => process.exit())
