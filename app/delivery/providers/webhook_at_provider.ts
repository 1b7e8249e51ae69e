import type { ProviderAccount } from '../models/provider_account.ts'
import { registerAtPostmark, removeAtPostmark } from './webhook_at_postmark.ts'
import { registerAtResend, removeAtResend } from './webhook_at_resend.ts'
import { isReachable, remember, unreachable, webhookUrl } from './webhook_address.ts'

/**
 * Asks the provider to tell us what becomes of mails, where it can be asked; Amazon has to be told by a person. Where that
 * cannot be, sending works all the same, and `webhook_note` says what is missing. Doing it twice does no harm.
 */
export async function registerWebhook(account: ProviderAccount): Promise<ProviderAccount> {
  switch (account.kind) {
    case 'resend':
      return registerAtResend(account)
    case 'postmark':
      return registerAtPostmark(account)
    case 'ses':
      return account.webhookId ? account : remember(account, { webhookNote: askAmazon(account) })
    default:
      return account
  }
}

/** Takes our webhook away again. */
export async function removeWebhook(account: ProviderAccount): Promise<void> {
  if (account.kind === 'resend') await removeAtResend(account)
  if (account.kind === 'postmark') await removeAtPostmark(account)
}

const askAmazon = (account: ProviderAccount) =>
  isReachable(webhookUrl(account))
    ? 'In AWS, let the configuration set publish its events to an SNS topic, and subscribe this address to the topic (HTTPS). Assent confirms the subscription by itself.'
    : unreachable('Amazon')
