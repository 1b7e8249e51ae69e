import { appUrl } from '#config/app'
import type { ProviderAccount } from '../models/provider_account.ts'
import { environment } from './environment.ts'
import { isPrivateHost } from './private_host.ts'

/** Our own address for what the provider tells this workspace. */
export const webhookUrl = (account: ProviderAccount) => `${appUrl}/webhooks/${account.kind}/${account.webhookKey}`

export interface WebhookJson {
  /** Where the provider tells what became of mails; null where it has no way to. */
  url: string | null
  registered: boolean
  /** What is missing, when it is not. */
  note: string | null
  last_event_at: string | null
}

/** Whether we hear what becomes of the mails that leave by an account. */
export const webhookOf = (account: ProviderAccount): WebhookJson => ({
  url: hasWebhook(account) && isReachable(webhookUrl(account)) ? webhookUrl(account) : null,
  registered: account.webhookId !== null,
  note: account.webhookNote,
  last_event_at: account.lastEventAt?.toUTC().toISO() ?? null,
})

const hasWebhook = ({ kind }: ProviderAccount) => kind !== 'smtp'

/** What is missing where nobody can reach us. */
export const unreachable = (provider: string) =>
  `${provider} cannot reach ${appUrl}, so bounces and deliveries stay unknown. Set APP_URL to the https address that the internet knows.`

export const remember = (account: ProviderAccount, facts: Partial<ProviderAccount>) =>
  account.merge(facts as any).save()

/** Can the internet reach this address? With a stand-in (a provider's address of the environment) anything goes. */
export function isReachable(url: string): boolean {
  const { RESEND_BASE_URL, SES_BASE_URL, POSTMARK_BASE_URL } = environment()
  if (RESEND_BASE_URL || SES_BASE_URL || POSTMARK_BASE_URL) return true
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' && !isPrivateHost(hostname)
}
