import { postmarkAccount, postmarkChannel, postmarkClient, type PostmarkAccess } from '#channels'
import { KeyRefused, ListUnread, ProviderUnreachable } from '../../errors.ts'
import { environment } from '../environment.ts'
import type { Credentials, LetReceive, Listed, ProviderKind, Tried } from '../kinds.ts'
import { saidBy } from '../said_by.ts'
import { hintOf } from '../secrets.ts'

export const postmark: ProviderKind = {
  label: 'Postmark',
  required: ['server_token'],
  optional: ['broadcast_stream', 'transactional_stream'],
  account: (credentials) => postmarkAccount(postmarkAccess(credentials)),
  hint: ({ server_token: token }) => hintOf(String(token)),
  settings: (credentials) => {
    const { broadcastStream, transactionalStream } = postmarkAccess(credentials)
    return { broadcast_stream: broadcastStream, transactional_stream: transactionalStream }
  },
  channel: (credentials) => postmarkChannel(postmarkAccess(credentials)),
  tryOut: (credentials) => tryToken(postmarkAccess(credentials)),
  letReceive: (credentials, address) => takeOffLists(postmarkAccess(credentials), address),
  suppressed: (credentials, after) => readList(postmarkAccess(credentials), after),
}

/** Postmark's own names of the streams that every server begins with stand in for what is not said. */
export const postmarkAccess = (credentials: Credentials): PostmarkAccess => ({
  serverToken: String(credentials.server_token),
  broadcastStream: String(credentials.broadcast_stream ?? 'broadcast'),
  transactionalStream: String(credentials.transactional_stream ?? 'outbound'),
  ...(environment().POSTMARK_BASE_URL ? { baseUrl: environment().POSTMARK_BASE_URL } : {}),
})

/** Postmark tells no limit of calls; ten a second are a thousand mails. */
const CALLS_PER_SECOND = 10

async function tryToken(access: PostmarkAccess): Promise<Tried> {
  const client = postmarkClient(access, { seconds: 10 })
  const server = await client.getServer().catch((failure) => troubleOf(failure, 'server_token'))
  await client.getMessageStream(access.broadcastStream).catch((failure) => troubleOf(failure, 'broadcast_stream'))
  await client
    .getMessageStream(access.transactionalStream)
    .catch((failure) => troubleOf(failure, 'transactional_stream'))
  const isSandbox = String(server.DeliveryType ?? '').toLowerCase() === 'sandbox'
  return { perSecond: CALLS_PER_SECOND, note: isSandbox ? 'This server is a sandbox: nothing is delivered.' : null }
}

const WRONG: Record<string, string> = {
  server_token: 'Postmark does not accept this token. Copy it again from the server’s “API Tokens”.',
  broadcast_stream: 'This server has no message stream of this name for campaigns.',
  transactional_stream: 'This server has no message stream of this name for service mail.',
}

function troubleOf({ statusCode = 0, message }: Error & { statusCode?: number }, field: string): never {
  if (statusCode >= 400 && statusCode < 500 && statusCode !== 429) throw new KeyRefused(WRONG[field], { field })
  throw new ProviderUnreachable(
    `Postmark does not answer at the moment: ${message.slice(0, 200)}. Nothing was changed.`
  )
}

/** Each stream has a list of its own. Who reported spam stays on it: Postmark lets nobody change that by its API. */
async function takeOffLists(access: PostmarkAccess, address: string): Promise<LetReceive> {
  const client = postmarkClient(access, { seconds: 10 })
  try {
    for (const stream of streamsOf(access)) {
      const told = await client.deleteSuppressions(stream, { Suppressions: [{ EmailAddress: address }] })
      const [{ Status: status = '', Message: message = '' } = {}] = told.Suppressions ?? []
      if (status !== 'Deleted') return { outcome: 'failed', note: saidBy('Postmark', message) }
    }
    return { outcome: 'removed', note: null }
  } catch (error) {
    return { outcome: 'failed', note: saidBy('Postmark', (error as Error).message) }
  }
}

const streamsOf = (access: PostmarkAccess) => [...new Set([access.broadcastStream, access.transactionalStream])]

/** The list of a stream comes whole; after that of the first comes the other's. */
async function readList(access: PostmarkAccess, after: string | null): Promise<Listed> {
  const streams = streamsOf(access)
  const no = after === null ? 0 : streams.indexOf(after)
  try {
    const { Suppressions } = await postmarkClient(access, { seconds: 30 }).getSuppressions(streams[no])
    return {
      entries: Suppressions.map(({ EmailAddress: address, SuppressionReason: reason, Origin, CreatedAt }) => ({
        address,
        origin: reason === 'SpamComplaint' ? 'complaint' : Origin === 'Recipient' ? 'recipient' : 'other',
        since: new Date(CreatedAt),
      })),
      next: streams[no + 1] ?? null,
    }
  } catch (error) {
    throw new ListUnread(saidBy('Postmark', (error as Error).message))
  }
}
