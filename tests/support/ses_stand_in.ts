import { getActiveTestOrFail } from '@japa/runner'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'

export interface SesMail {
  id: string
  to: string
  tags: Record<string, string>
  configurationSet: string | null
  mime: Email
}

/** What one call gets instead of being accepted. `drop`: the mail is taken, the answer lost; `garbled`: half of the answer comes. */
export type SesTrouble = { status: number; type: string; message: string } | 'drop' | 'garbled' | 'reset'

/**
 * A stand-in of Amazon SES, API v2, for the running test: `SendEmail` with raw contents and `GetAccount`. It looks at the
 * signature's form (SigV4: algorithm, scope, signed headers) and at whose key it is; a secret it cannot check.
 */
export async function sesStandIn({
  region = 'eu-west-1',
  account = {},
  deniesList = false,
}: { region?: string; account?: object; deniesList?: boolean } = {}) {
  const suppressed = new Set<string>()
  const mails: SesMail[] = []
  const troubles: SesTrouble[] = []
  let calls = 0
  const server = http.createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part) => parts.push(part))
    request.on('end', () => void answer(request, response, Buffer.concat(parts).toString()))
  })

  async function answer(request: http.IncomingMessage, response: http.ServerResponse, body: string) {
    const say = (status: number, json: object, type?: string) => {
      response.writeHead(status, { 'content-type': 'application/json', ...(type ? { 'x-amzn-errortype': type } : {}) })
      response.end(JSON.stringify(json))
    }
    const refusal = unsigned(request, region)
    if (refusal) return say(403, { message: refusal.message }, refusal.type)
    if (request.method === 'GET' && request.url === '/v2/email/account') {
      return say(200, {
        ProductionAccessEnabled: true,
        SendingEnabled: true,
        EnforcementStatus: 'HEALTHY',
        SendQuota: { Max24HourSend: 50_000, MaxSendRate: 100, SentLast24Hours: 12 },
        ...account,
      })
    }
    if (request.method === 'GET' && request.url!.startsWith('/v2/email/suppression/addresses?')) {
      if (deniesList) return say(403, { message: 'User is not authorized.' }, 'AccessDeniedException')
      return say(200, listed(new URL(request.url!, 'http://ses.test').searchParams, [...suppressed]))
    }
    const named = /^\/v2\/email\/suppression\/addresses\/(.+)$/.exec(request.url!)
    if (request.method === 'DELETE' && named) {
      if (deniesList) return say(403, { message: 'User is not authorized.' }, 'AccessDeniedException')
      const isListed = suppressed.delete(decodeURIComponent(named[1]))
      return isListed ? say(200, {}) : say(404, { message: 'It is not on the list.' }, 'NotFoundException')
    }
    if (request.method !== 'POST' || request.url !== '/v2/email/outbound-emails')
      return say(404, {}, 'NotFoundException')
    calls++
    const trouble = troubles.shift()
    if (trouble === 'reset') return void request.socket.destroy()
    if (typeof trouble === 'object') return say(trouble.status, { message: trouble.message }, trouble.type)
    const told = JSON.parse(body)
    const wrong = wrongIn(told)
    if (wrong) return say(400, { message: wrong }, 'BadRequestException')
    const id = `0102${randomUUID()}-000000`
    mails.push({
      id,
      to: told.Destination.ToAddresses[0],
      tags: Object.fromEntries((told.EmailTags ?? []).map(({ Name, Value }: any) => [Name, Value])),
      configurationSet: told.ConfigurationSetName ?? null,
      mime: await PostalMime.parse(Buffer.from(told.Content.Raw.Data, 'base64')),
    })
    if (trouble === 'drop') return void request.socket.destroy()
    if (trouble === 'garbled') return void response.writeHead(200, { 'content-type': 'application/json' }).end('{"Mess')
    say(200, { MessageId: id })
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  getActiveTestOrFail().cleanup(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mails,
    suppressed,
    trouble: (...those: SesTrouble[]) => void troubles.push(...those),
    calls: () => calls,
  }
}

/** `ListSuppressedDestinations`: a page of two, so that there are several. `complained@…` did. */
function listed(query: URLSearchParams, addresses: string[]) {
  const start = Number(query.get('NextToken') ?? 0)
  const end = start + 2
  return {
    SuppressedDestinationSummaries: addresses.slice(start, end).map((EmailAddress) => ({
      EmailAddress,
      Reason: EmailAddress.startsWith('complained@') ? 'COMPLAINT' : 'BOUNCE',
      LastUpdateTime: Math.floor(Date.now() / 1_000) - 3_600,
    })),
    ...(end < addresses.length ? { NextToken: String(end) } : {}),
  }
}

/** A key that SES does not know begins with AKIAUNKNOWN. */
function unsigned({ headers }: http.IncomingMessage, region: string): { type: string; message: string } | null {
  const match =
    /^AWS4-HMAC-SHA256 Credential=([A-Z0-9]+)\/(\d{8})\/([a-z0-9-]+)\/ses\/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=[0-9a-f]{64}$/.exec(
      headers.authorization ?? ''
    )
  if (!match || match[3] !== region || !/^\d{8}T\d{6}Z$/.test(String(headers['x-amz-date']))) {
    return { type: 'IncompleteSignatureException', message: 'The request is not signed as it should be.' }
  }
  const signed = match[4].split(';')
  if (!['host', 'x-amz-date'].every((name) => signed.includes(name))) {
    return { type: 'InvalidSignatureException', message: 'Host and date have to be signed.' }
  }
  if (match[1].startsWith('AKIAUNKNOWN')) {
    return { type: 'UnrecognizedClientException', message: 'The security token included in the request is invalid.' }
  }
  return null
}

function wrongIn({ Destination, Content, EmailTags = [] }: any): string | null {
  if (Destination?.ToAddresses?.length !== 1) return 'Exactly one recipient is expected here.'
  if (typeof Content?.Raw?.Data !== 'string') return 'Raw contents are expected here.'
  const isTag = ({ Name, Value }: any) => [Name, Value].every((text) => /^[\w.@-]{1,256}$/.test(text))
  return EmailTags.every(isTag) ? null : 'A tag holds what tags may not.'
}
