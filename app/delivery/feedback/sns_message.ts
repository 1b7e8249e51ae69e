import https from 'node:https'
import MessageValidator from 'sns-validator'

/** A message of Amazon SNS whose signature was verified. */
export interface SnsMessage {
  Type: 'Notification' | 'SubscriptionConfirmation' | 'UnsubscribeConfirmation'
  MessageId: string
  TopicArn: string
  Timestamp: string
  Message: string
  SubscribeURL?: string
}

/** A host of SNS itself: `sns.s3-us-west-2…` would be somebody's bucket. */
const HOST = /^sns\.[a-z]{2}(-[a-z]+)+-\d\.amazonaws\.com(\.cn)?$/
const CERTIFICATE = /^\/SimpleNotificationService-[0-9a-f]{8,64}\.pem$/
const TOPIC = /^arn:aws[a-z-]*:sns:[a-z0-9-]+:(\d{12}):[\w.-]{1,256}$/
const TIMEOUT_MS = 10_000

const validator = new MessageValidator(HOST)

/**
 * Null when it does not come from SNS. The certificate is fetched from SNS alone (and kept by the library), whatever the
 * message says (docs.aws.amazon.com/sns: "Verifying the signatures of Amazon SNS messages").
 */
export async function verifiedSns(message: any): Promise<SnsMessage | null> {
  if (!isWellFormed(message)) return null
  const verified = new Promise<boolean>((resolve) => validator.validate({ ...message }, (error) => resolve(!error)))
  return (await soon(verified)) ? message : null
}

/** The AWS account that a topic belongs to. */
export const awsAccountOf = ({ TopicArn }: SnsMessage) => TOPIC.exec(TopicArn)![1]

/** Says yes to a subscription, at SNS and nowhere else. @returns whether SNS took it */
export async function confirmSubscription({ SubscribeURL }: SnsMessage): Promise<boolean> {
  const url = URL.parse(SubscribeURL ?? '')
  if (!url || url.protocol !== 'https:' || url.port !== '' || !HOST.test(url.hostname)) return false
  return soon(
    new Promise<boolean>((resolve) => {
      const call = https.get(url, { timeout: TIMEOUT_MS }, (answer) => {
        answer.resume()
        resolve(answer.statusCode === 200)
      })
      call.on('timeout', () => call.destroy())
      call.on('error', () => resolve(false))
    })
  )
}

function isWellFormed(message: any): message is SnsMessage & { SigningCertURL: string } {
  const certificate = URL.parse(String(message?.SigningCertURL ?? ''))
  return (
    ['Notification', 'SubscriptionConfirmation', 'UnsubscribeConfirmation'].includes(message?.Type) &&
    typeof message.MessageId === 'string' &&
    message.MessageId.length <= 100 &&
    typeof message.Message === 'string' &&
    typeof message.TopicArn === 'string' &&
    TOPIC.test(message.TopicArn) &&
    certificate?.protocol === 'https:' &&
    certificate.port === '' &&
    HOST.test(certificate.hostname) &&
    CERTIFICATE.test(certificate.pathname) &&
    certificate.search === ''
  )
}

/** False when it takes longer than anybody waits. */
function soon(answer: Promise<boolean>): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => resolve(false), TIMEOUT_MS)
  void answer.then(resolve).finally(() => clearTimeout(timer))
  return promise
}
