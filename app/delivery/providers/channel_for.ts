import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { captureChannel, resendChannel, smtpChannel, type EmailChannel } from '#channels'
import { NothingIsOn } from '../errors.ts'
import { environment } from './environment.ts'
import { kindOf } from './kinds.ts'
import { returnWay } from './return_way.ts'
import { openCredentials } from './secrets.ts'
import { wayOutOf, type WayOut } from './ways_out.ts'

/**
 * The way out of a workspace for mails of a topic: its own account, else the environment's key, else SMTP, else the Outbox.
 *
 * @throws NothingIsOn when a person has switched every account off
 */
export async function channelFor(
  workspaceId: number,
  { topicId, client }: { topicId?: number; client?: QueryClientContract } = {}
): Promise<EmailChannel> {
  const way = await wayOutOf({ workspaceId, topicId }, client)
  if (!way)
    throw new NothingIsOn('Every provider of this workspace is switched off. Switch one on in Settings → Sending.')
  return channelFrom({ workspaceId, way })
}

/** The same, for who has the way at hand; without one it is the environment's. */
export function channelFrom({ workspaceId, way }: { workspaceId: number; way: Way | null }): EmailChannel {
  if (way?.credentials && way.kind) return ownChannel(way.kind, way.credentials)
  const { RESEND_API_KEY: apiKey, RESEND_BASE_URL: baseUrl, SMTP_URL: url } = environment()
  if (apiKey) return resendChannel({ apiKey, baseUrl })
  return url ? smtpChannel({ url }, { returnWay }) : captureChannel({ workspaceId })
}

type Way = Pick<WayOut, 'kind' | 'credentials'>

/** The channel that leads to an account; another one when the account is not there any more. */
export async function channelOf({
  workspaceId,
  account,
}: {
  workspaceId: number
  account: string
}): Promise<EmailChannel> {
  const way = await db
    .from('provider_accounts')
    .where({ workspace_id: workspaceId, account })
    .whereNotNull('credentials')
    .select('kind', 'credentials')
    .first()
  return channelFrom({ workspaceId, way })
}

const MOST = 200
const channels = new Map<string, EmailChannel>()

/** Kept, so that a batch does not begin with decrypting. */
function ownChannel(kind: string, credentials: string): EmailChannel {
  const key = JSON.stringify([credentials, environment()])
  let channel = channels.get(key)
  if (!channel) {
    channel = kindOf(kind).channel(openCredentials(credentials))
    if (channels.size >= MOST) channels.delete(channels.keys().next().value!)
    channels.set(key, channel)
  }
  return channel
}
