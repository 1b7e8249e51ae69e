import { randomBytes } from 'node:crypto'
import { postmarkClient } from '#channels'
import type { ProviderAccount } from '../models/provider_account.ts'
import { postmarkAccess } from './kinds/postmark.ts'
import { openCredentials, sealSecret } from './secrets.ts'
import { isReachable, remember, unreachable, webhookUrl } from './webhook_address.ts'

/** Postmark signs nothing: it says this name, and a password that only it and we know. */
export const POSTMARK_USER = 'assent'

/**
 * One webhook for each message stream, with a password of its own; leftovers under our address are removed first. In the
 * contents of mails we have no interest.
 */
export async function registerAtPostmark(account: ProviderAccount): Promise<ProviderAccount> {
  const Url = webhookUrl(account)
  if (!isReachable(Url)) return remember(account, { webhookNote: unreachable('Postmark') })
  const { client, streams } = serverOf(account)
  const password = randomBytes(24).toString('base64url')
  try {
    await removeLeftovers(account)
    const ids: number[] = []
    for (const MessageStream of streams) {
      const HttpAuth = { Username: POSTMARK_USER, Password: password }
      const { ID } = await client.createWebhook({ Url, MessageStream, HttpAuth, Triggers: TRIGGERS })
      ids.push(ID)
    }
    return await remember(account, {
      webhookId: ids.join(','),
      webhookSecret: sealSecret('webhook_secret', password),
      webhookUrl: Url,
      webhookNote: null,
    })
  } catch (error) {
    return remember(account, {
      webhookNote: `Postmark did not take our webhook: ${(error as Error).message}`.slice(0, 500),
    })
  }
}

/** That Postmark refuses (the token is gone already) is no reason to stay connected. */
export async function removeAtPostmark(account: ProviderAccount): Promise<void> {
  if (account.webhookId) await removeLeftovers(account).catch(() => null)
}

const TRIGGERS = {
  Delivery: { Enabled: true },
  Bounce: { Enabled: true, IncludeContent: false },
  SpamComplaint: { Enabled: true, IncludeContent: false },
  SubscriptionChange: { Enabled: true },
}

async function removeLeftovers(account: ProviderAccount) {
  const { client } = serverOf(account)
  const { Webhooks: known } = await client.getWebhooks()
  for (const { ID, Url } of known) if (Url === webhookUrl(account)) await client.deleteWebhook(ID)
}

function serverOf(account: ProviderAccount) {
  const access = postmarkAccess(openCredentials(account.credentials!))
  return {
    client: postmarkClient(access, { seconds: 10 }),
    streams: new Set([access.broadcastStream, access.transactionalStream]),
  }
}
