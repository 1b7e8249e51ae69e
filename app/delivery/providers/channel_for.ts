import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { captureChannel, resendAccount, resendChannel, smtpChannel, type EmailChannel } from '#channels'
import env from '#start/env'
import { openSecret } from './secrets.ts'

/** The way out of a workspace: its own key, else the environment's, else SMTP, else the Outbox. */
export async function channelFor(
  workspaceId: number,
  client: QueryClientContract = db.connection()
): Promise<EmailChannel> {
  const account = await client
    .from('provider_accounts')
    .where({ workspace_id: workspaceId, kind: 'resend' })
    .select('api_key')
    .first()
  return channelFrom({ workspaceId, sealedKey: account?.api_key ?? null })
}

/** The same, for who has the account's row at hand. */
export function channelFrom({
  workspaceId,
  sealedKey,
}: {
  workspaceId: number
  sealedKey: string | null
}): EmailChannel {
  if (sealedKey !== null) return resendWith(openSecret('api_key', sealedKey))
  const { RESEND_API_KEY: key, SMTP_URL: url } = environment()
  if (key) return resendWith(key)
  return url ? smtpChannel({ url }) : captureChannel({ workspaceId })
}

/** The account that the environment's key stands for, if there is one. */
export function environmentAccount(): string | null {
  const { RESEND_API_KEY: key } = environment()
  return key ? resendAccount(key) : null
}

/** Read at each call: tests choose their provider while they run. */
export const environment = () => ({
  RESEND_API_KEY: process.env.RESEND_API_KEY ?? env.get('RESEND_API_KEY'),
  RESEND_BASE_URL: process.env.RESEND_BASE_URL ?? env.get('RESEND_BASE_URL'),
  SMTP_URL: process.env.SMTP_URL ?? env.get('SMTP_URL'),
  DNS_SERVERS: process.env.DNS_SERVERS ?? env.get('DNS_SERVERS'),
})

const resendWith = (apiKey: string) => resendChannel({ apiKey, baseUrl: environment().RESEND_BASE_URL })
