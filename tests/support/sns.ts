import { getActiveTestOrFail } from '@japa/runner'
import { createSign, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import tls from 'node:tls'
import { createRequire } from 'node:module'

/** A key with its certificate, made for tests by others. */
const { key, cert } = createRequire(import.meta.url)('smtp-server/lib/tls-options.js')({}) as {
  key: string
  cert: string
}

const HOST = 'sns.eu-west-1.amazonaws.com'
const CERTIFICATE = `https://${HOST}/SimpleNotificationService-0123456789abcdef0123456789abcdef.pem`

/**
 * Amazon SNS for the running test: signs messages as SNS does (SignatureVersion 2: SHA-256) and answers at its own name,
 * which leads to this process for as long as the test runs.
 */
export async function sns({ account = '123456789012' } = {}) {
  const confirmed: string[] = []
  const fetched: string[] = []
  const server = https.createServer({ key, cert }, ({ url }, response) => {
    fetched.push(url!)
    if (url!.endsWith('.pem')) return response.end(cert)
    confirmed.push(url!)
    response.end('<ConfirmSubscriptionResponse/>')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const others = https.globalAgent
  https.globalAgent = new LeadingHere(port)
  getActiveTestOrFail().cleanup(() => {
    https.globalAgent = others
    server.closeAllConnections()
    server.close()
  })

  const topic = `arn:aws:sns:eu-west-1:${account}:bakery-events`
  const signed = (message: Record<string, string>) => {
    const names = ['Message', 'MessageId', 'Subject', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type']
    const text = names.flatMap((name) => (message[name] === undefined ? [] : [`${name}\n${message[name]}\n`])).join('')
    return {
      ...message,
      SignatureVersion: '2',
      Signature: createSign('RSA-SHA256').update(text).sign(key, 'base64'),
      SigningCertURL: CERTIFICATE,
    }
  }
  const about = () => ({ MessageId: randomUUID(), TopicArn: topic, Timestamp: new Date().toISOString() })
  return {
    confirmed,
    fetched,
    topic,
    signed,
    notification: (event: object, more: Record<string, string> = {}) =>
      signed({ ...about(), Type: 'Notification', Message: JSON.stringify(event), ...more }),
    subscription: (more: Record<string, string> = {}) =>
      signed({
        ...about(),
        Type: 'SubscriptionConfirmation',
        Message: 'You have chosen to subscribe.',
        Token: 'f00d',
        SubscribeURL: `https://${HOST}/?Action=ConfirmSubscription&TopicArn=${topic}&Token=f00d`,
        ...more,
      }),
  }
}

/** Every connection, to whatever name, ends in this process; who asked for which name is up to the server to see. */
class LeadingHere extends https.Agent {
  constructor(private readonly port: number) {
    super({ keepAlive: false })
  }

  override createConnection(options: any): any {
    return tls.connect({ ...options, host: '127.0.0.1', port: this.port, rejectUnauthorized: false })
  }
}
