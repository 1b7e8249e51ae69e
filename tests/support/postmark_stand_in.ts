import { getActiveTestOrFail } from '@japa/runner'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a call gets instead of being answered mail by mail. `drop`: the mails are taken, the answer lost. */
export type PostmarkTrouble = { status: number; code: number; message: string } | 'drop' | 'reset'

/** What becomes of one mail of a call. */
export type PostmarkRefusal = { code: number; message: string }

/**
 * A stand-in of Postmark for the running test: `/email/batch`, `/server`, `/message-streams/:id`, `/webhooks`, `/messages/outbound`,
 * `/bounces/:id`. A token that
 * begins with `unknown` is refused.
 */
export async function postmarkStandIn({ streams = ['broadcast', 'outbound'], most = 500 } = {}) {
  const mails: any[] = []
  const webhooks: any[] = []
  const troubles: PostmarkTrouble[] = []
  const refusals = new Map<string, PostmarkRefusal>()
  const searchTroubles: PostmarkTrouble[] = []
  const happened = new Map<string, object[]>()
  const bounces = new Map<number, object>()
  let searches = 0
  const suppressed: { stream: string; email: string; reason: 'HardBounce' | 'SpamComplaint' | 'ManualSuppression' }[] =
    []
  let calls = 0
  let connections = 0

  const server = http.createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part) => parts.push(part))
    request.on('end', () => answer(request, response, Buffer.concat(parts).toString()))
  })
  server.on('connection', () => connections++)

  function answer(request: http.IncomingMessage, response: http.ServerResponse, body: string) {
    const say = (status: number, json: object) => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(json))
    }
    const token = String(request.headers['x-postmark-server-token'] ?? '')
    if (token === '' || token.startsWith('unknown'))
      return say(401, { ErrorCode: 10, Message: 'Bad or missing token.' })
    const takenOff = /^\/message-streams\/([\w-]+)\/suppressions\/delete$/.exec(request.url!)
    if (request.method === 'POST' && takenOff) return takeOff(say, takenOff[1], JSON.parse(body))
    const [searched, detail] = /^\/messages\/outbound(?:\/([\w-]+)\/details)?(?:\?|$)/.exec(request.url!) ?? []
    if (request.method === 'GET' && searched) return answerSearch(request, say, detail)
    const dumped = /^\/message-streams\/([\w-]+)\/suppressions\/dump/.exec(request.url!)
    if (request.method === 'GET' && dumped) return say(200, { Suppressions: dump(dumped[1]) })
    const [path, id] = /^\/([a-z-]+(?:\/batch)?)(?:\/([\w-]+))?$/.exec(request.url!.split('?')[0])?.slice(1) ?? []
    switch (`${request.method} ${path}`) {
      case 'GET server':
        return say(200, { ID: 1, Name: 'Bakery', DeliveryType: 'Live' })
      case 'GET message-streams':
        return streams.includes(id)
          ? say(200, { ID: id, ServerID: 1, MessageStreamType: id === 'broadcast' ? 'Broadcasts' : 'Transactional' })
          : say(404, { ErrorCode: 1226, Message: 'The message stream was not found.' })
      case 'GET bounces':
        return bounces.has(Number(id))
          ? say(200, bounces.get(Number(id))!)
          : say(422, { ErrorCode: 407, Message: 'The bounce was not found.' })
      case 'GET webhooks':
        return say(200, { Webhooks: webhooks })
      case 'POST webhooks': {
        const webhook = { ID: webhooks.length + 1, ...JSON.parse(body) }
        webhooks.push(webhook)
        return say(200, webhook)
      }
      case 'DELETE webhooks':
        webhooks.splice(0, webhooks.length, ...webhooks.filter(({ ID }) => String(ID) !== id))
        return say(200, { ErrorCode: 0, Message: 'Removed.' })
      case 'POST email/batch':
        return takeBatch(request, say, JSON.parse(body))
      default:
        return say(404, { ErrorCode: 0, Message: 'Not found.' })
    }
  }

  /**
   * The newest first, `count` and `offset` are needed, a stream that is not named is the default one (Postmark docs, "Messages API").
   */
  function answerSearch(request: http.IncomingMessage, say: (status: number, json: object) => void, id?: string) {
    searches++
    const trouble = searchTroubles.shift()
    if (trouble === 'reset' || trouble === 'drop') return void request.socket.destroy()
    if (trouble) return say(trouble.status, { ErrorCode: trouble.code, Message: trouble.message })
    if (id) {
      const mail = mails.find(({ MessageID }) => MessageID === id)
      return mail
        ? say(200, { ...listed(mail), Body: '', MessageEvents: happened.get(id) ?? [] })
        : say(422, { ErrorCode: 701, Message: 'This message does not exist.' })
    }
    const given = [...new URL(request.url!, 'http://postmark.test').searchParams]
    const query = new Map(given.map(([name, value]) => [name.toLowerCase(), value]))
    const [count, offset] = [Number(query.get('count') ?? Number.NaN), Number(query.get('offset') ?? Number.NaN)]
    if (!(count >= 1 && count <= 500) || !(offset >= 0) || count + offset > 10_000)
      return say(422, { ErrorCode: 700, Message: 'Count and offset are needed.' })
    const fits = mails.filter(
      ({ To, MessageStream, ReceivedAt }) =>
        (!query.get('recipient') || To === query.get('recipient')) &&
        MessageStream === (query.get('messagestream') ?? 'outbound') &&
        (!query.get('fromdate') || ReceivedAt >= query.get('fromdate')!)
    )
    const Messages = fits
      .toReversed()
      .slice(offset, offset + count)
      .map(listed)
    say(200, { TotalCount: fits.length, Messages })
  }

  /** Answers `Deleted` also for what was not listed; who complained stays (Postmark docs, "Suppressions API"). */
  function takeOff(say: (status: number, json: object) => void, stream: string, { Suppressions }: any) {
    if (!streams.includes(stream)) return say(404, { ErrorCode: 1226, Message: 'The message stream was not found.' })
    const answers = Suppressions.map(({ EmailAddress }: any) => {
      const at = suppressed.findIndex((one) => one.stream === stream && one.email === EmailAddress)
      if (suppressed[at]?.reason === 'SpamComplaint') {
        const Message = 'You do not have the required authority to change this suppression.'
        return { EmailAddress, Status: 'Failed', Message }
      }
      if (at >= 0) suppressed.splice(at, 1)
      return { EmailAddress, Status: 'Deleted', Message: null }
    })
    say(200, { Suppressions: answers })
  }

  const dump = (stream: string) =>
    suppressed
      .filter((one) => one.stream === stream)
      .map(({ email, reason }) => ({
        EmailAddress: email,
        SuppressionReason: reason,
        Origin: reason === 'HardBounce' ? 'Admin' : 'Recipient',
        CreatedAt: new Date(Date.now() - 3_600_000).toISOString(),
      }))

  function takeBatch(request: http.IncomingMessage, say: (status: number, json: object) => void, batch: any[]) {
    calls++
    const trouble = troubles.shift()
    if (trouble === 'reset') return void request.socket.destroy()
    if (trouble && trouble !== 'drop') return say(trouble.status, { ErrorCode: trouble.code, Message: trouble.message })
    if (batch.length > most) return say(422, { ErrorCode: 410, Message: 'Too many batch messages.' })
    const answers = batch.map((mail) => {
      const refused = refusals.get(mail.To) ?? wrongIn(mail, streams)
      if (refused) return { ErrorCode: refused.code, Message: refused.message }
      const MessageID = randomUUID()
      mails.push({ ...mail, MessageID, ReceivedAt: new Date().toISOString() })
      return { ErrorCode: 0, Message: 'OK', To: mail.To, SubmittedAt: new Date().toISOString(), MessageID }
    })
    if (trouble === 'drop') return void request.socket.destroy()
    say(200, answers)
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  getActiveTestOrFail().cleanup(close)
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close,
    mails,
    webhooks,
    suppressed,
    trouble: (...those: PostmarkTrouble[]) => void troubles.push(...those),
    refuse: (to: string, refusal: PostmarkRefusal) => void refusals.set(to, refusal),
    forgive: () => refusals.clear(),
    calls: () => calls,
    searches: () => searches,
    searchTrouble: (...those: PostmarkTrouble[]) => void searchTroubles.push(...those),
    /** What became of a mail, in the words of its details; a bounce is looked up by its own id. */
    happened: (id: string, ...events: object[]) => void happened.set(id, events),
    bounced: (bounce: { ID: number; [fact: string]: unknown }) => void bounces.set(bounce.ID, bounce),
    connections: () => connections,
  }
}

/** A mail as lists show it. */
const listed = ({ MessageID, To, From, Subject, Metadata, MessageStream, ReceivedAt }: any) => ({
  MessageID,
  To: [{ Email: To, Name: null }],
  Cc: [],
  Bcc: [],
  Recipients: [To],
  ReceivedAt,
  From,
  Subject,
  Attachments: [],
  Status: 'Sent',
  Metadata: Metadata ?? {},
  MessageStream,
})

function wrongIn({ From, To, Metadata = {}, MessageStream }: any, streams: string[]): PostmarkRefusal | null {
  if (typeof From !== 'string' || !From.includes('@')) return { code: 300, message: "Invalid 'From' address." }
  if (typeof To !== 'string' || !/^[^\s,]+@[^\s,]+$/.test(To)) return { code: 300, message: "Invalid 'To' address." }
  if (!streams.includes(MessageStream)) return { code: 1235, message: 'The stream does not exist.' }
  const isWrong = Object.entries(Metadata).some(([name, value]) => name.length > 20 || String(value).length > 80)
  return isWrong ? { code: 300, message: 'Invalid metadata.' } : null
}
