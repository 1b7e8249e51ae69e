import { resendClient } from '#channels'
import { type ProviderAccount } from '../models/provider_account.ts'
import { environment } from './environment.ts'
import { openCredentials, sealSecret } from './secrets.ts'
import { isReachable, remember, unreachable, webhookUrl } from './webhook_address.ts'

const EVENTS = [
  'email.sent',
  'email.delivered',
  'email.delivery_delayed',
  'email.bounced',
  'email.complained',
  'email.failed',
  'email.suppressed',
  'suppression.added',
] as const

/** Somebody waits for the answer: ten seconds are enough, the SDK alone would wait for ever. */
const soon = () => ({ signal: AbortSignal.timeout(10_000) })

/**
 * Asks Resend to tell us what becomes of mails. Where that cannot be, sending works all the same, and `webhook_note`
 * says what is missing. Doing it twice leaves one webhook: leftovers under our address are removed first.
 */
export async function registerAtResend(account: ProviderAccount): Promise<ProviderAccount> {
  const endpoint = webhookUrl(account)
  if (!isReachable(endpoint)) {
    return remember(account, { webhookNote: unreachable('Resend') })
  }
  const resend = clientOf(account)
  if (account.webhookId && account.webhookSecret && account.webhookUrl === endpoint) {
    const { data } = await resend.webhooks.get(account.webhookId, soon())
    if (data?.status === 'enabled') return account
  }
  const { data: known, error: refusal } = await resend.webhooks.list({ limit: 100 }, soon())
  if (refusal) return remember(account, { webhookNote: noteOf(refusal) })
  for (const leftover of known?.data ?? [])
    if (leftover.endpoint === endpoint) await resend.webhooks.remove(leftover.id, soon())
  const { data, error } = await resend.webhooks.create({ endpoint, events: [...EVENTS] }, soon())
  if (!data?.signing_secret) return remember(account, { webhookNote: noteOf(error) })
  return remember(account, {
    webhookId: data.id,
    webhookSecret: sealSecret('webhook_secret', data.signing_secret),
    webhookUrl: endpoint,
    webhookNote: null,
  })
}

/** Takes our webhook away again. That the provider refuses (the key is gone already) is no reason to stay connected. */
export async function removeAtResend(account: ProviderAccount): Promise<void> {
  if (account.webhookId) await clientOf(account).webhooks.remove(account.webhookId, soon())
}

/** The real SDK with the workspace's key, or the environment's. */
export function clientOf(account: ProviderAccount) {
  const { RESEND_API_KEY: key, RESEND_BASE_URL: baseUrl } = environment()
  return resendClient({
    apiKey: String(account.credentials === null ? (key ?? 're_missing') : openCredentials(account.credentials).api_key),
    baseUrl,
  })
}

const noteOf = (error: { message?: string } | null) =>
  `Resend did not take our webhook (${error?.message ?? 'no answer'}). With a key that may only send, make one that has full access.`
