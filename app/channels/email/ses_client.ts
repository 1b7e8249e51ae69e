import { createHash } from 'node:crypto'
import type { SESv2Client } from '@aws-sdk/client-sesv2'

/** An access key of AWS and the region that it sends from. `baseUrl`: another address than the region's, for tests. */
export interface SesAccess {
  accessKeyId: string
  secretAccessKey: string
  region: string
  /** Says which events are published where, and with which addresses mails leave. */
  configurationSet?: string
  baseUrl?: string
}

/** Names the account of a key in a region without saying its secret. */
export const sesAccount = ({ accessKeyId, region }: SesAccess) =>
  `ses:${createHash('sha256').update(`assent:${accessKeyId}:${region}`).digest('hex').slice(0, 16)}`

export const sesEndpoint = ({ region, baseUrl }: SesAccess) => baseUrl ?? `https://email.${region}.amazonaws.com`

const MOST = 50
const clients = new Map<string, Promise<SESv2Client>>()

/** A client for each access, with its connections. The SDK is loaded when the first is wanted: it takes 22 MB. */
export function sesClient(access: SesAccess): Promise<SESv2Client> {
  const key = createHash('sha256').update(JSON.stringify(access)).digest('base64')
  let client = clients.get(key)
  if (!client) {
    client = newClient(access)
    if (clients.size >= MOST) clients.delete(clients.keys().next().value!)
    clients.set(key, client)
  }
  return client
}

/** `maxAttempts: 1` because a call that is repeated after a lost answer sends the mail twice. */
async function newClient({ accessKeyId, secretAccessKey, region, baseUrl }: SesAccess) {
  const sdk = await import('@aws-sdk/client-sesv2')
  return new sdk.SESv2Client({
    region,
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: 10_000,
      requestTimeout: 30_000,
      throwOnRequestTimeout: true,
      httpsAgent: { keepAlive: true, maxSockets: 50 },
      httpAgent: { keepAlive: true, maxSockets: 50 },
    },
    ...(baseUrl ? { endpoint: baseUrl } : {}),
  })
}

export interface SesStanding {
  /** Mails a second. */
  maxSendRate: number
  /** Mails in any 24 hours; null: as many as one likes. */
  dailyLimit: number | null
  sentInLastDay: number
  /** False in the sandbox: only addresses that were verified get mail. */
  isInProduction: boolean
  isSendingEnabled: boolean
}

/** What AWS says of the account. Rejects with the SDK's error. */
export async function sesStanding(access: SesAccess): Promise<SesStanding> {
  const { GetAccountCommand } = await import('@aws-sdk/client-sesv2')
  const client = await sesClient(access)
  const told = await client.send(new GetAccountCommand({}), { abortSignal: AbortSignal.timeout(10_000) })
  const limit = told.SendQuota?.Max24HourSend ?? 0
  return {
    maxSendRate: told.SendQuota?.MaxSendRate ?? 1,
    dailyLimit: limit < 0 ? null : limit,
    sentInLastDay: told.SendQuota?.SentLast24Hours ?? 0,
    isInProduction: told.ProductionAccessEnabled ?? false,
    isSendingEnabled: told.SendingEnabled ?? false,
  }
}

/** Takes an address off the account's suppression list. @returns false when it was not on it. Rejects with the SDK's error. */
export async function sesLetReceive(access: SesAccess, address: string): Promise<boolean> {
  const { DeleteSuppressedDestinationCommand } = await import('@aws-sdk/client-sesv2')
  const client = await sesClient(access)
  try {
    const command = new DeleteSuppressedDestinationCommand({ EmailAddress: address })
    await client.send(command, { abortSignal: AbortSignal.timeout(10_000) })
    return true
  } catch (error) {
    if ((error as Error).name === 'NotFoundException') return false
    throw error
  }
}

/**
 * A page of the account's suppression list: a thousand addresses that mail came back from, or whose owners complained. Rejects
 * with the SDK's error.
 *
 * @param after of the page before, which AWS knows for a while only
 */
export async function sesSuppressed(access: SesAccess, after: string | null) {
  const { ListSuppressedDestinationsCommand } = await import('@aws-sdk/client-sesv2')
  const client = await sesClient(access)
  const command = new ListSuppressedDestinationsCommand({ PageSize: 1_000, ...(after ? { NextToken: after } : {}) })
  const told = await client.send(command, { abortSignal: AbortSignal.timeout(10_000) })
  return {
    entries: (told.SuppressedDestinationSummaries ?? []).map(({ EmailAddress, Reason, LastUpdateTime }) => ({
      address: EmailAddress!,
      origin: Reason === 'COMPLAINT' ? ('complaint' as const) : ('other' as const),
      since: LastUpdateTime!,
    })),
    next: told.NextToken ?? null,
  }
}
