import db from '@adonisjs/lucid/services/db'
import { resendAccount } from '#channels'
import { ProviderAccount } from '../models/provider_account.ts'
import { environment } from './channel_for.ts'
import { newWebhookKey } from './connect_resend.ts'
import { hintOf } from './secrets.ts'
import { registerWebhook } from './webhook_at_provider.ts'

/**
 * RESEND_API_KEY connects every workspace that has no key of its own: when it first sends, it gets an endpoint for what
 * the provider tells. Called again, it does nothing, or follows the environment's new key.
 */
export async function connectByEnvironment({ workspaceId }: { workspaceId: number }): Promise<ProviderAccount | null> {
  const { RESEND_API_KEY: apiKey } = environment()
  if (!apiKey) return null
  const account = resendAccount(apiKey)
  await db.rawQuery(
    `insert into provider_accounts as p (workspace_id, kind, api_key, api_key_hint, account, webhook_key)
     values (?, 'resend', null, ?, ?, ?)
     on conflict (workspace_id, kind) do update
       set account = excluded.account, api_key_hint = excluded.api_key_hint, webhook_id = null, webhook_secret = null, updated_at = now()
       where p.api_key is null and p.account <> excluded.account`,
    [workspaceId, hintOf(apiKey), account, newWebhookKey()]
  )
  const row = await ProviderAccount.of({ id: workspaceId }).where('kind', 'resend').firstOrFail()
  return row.apiKey === null && row.webhookId === null ? registerWebhook(row) : row
}
