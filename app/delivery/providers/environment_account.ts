import db from '@adonisjs/lucid/services/db'
import { resendAccount } from '#channels'
import { ProviderAccount } from '../models/provider_account.ts'
import { environment } from './environment.ts'
import { newWebhookKey } from './keep_provider.ts'
import { hintOf } from './secrets.ts'
import { registerWebhook } from './webhook_at_provider.ts'

/**
 * RESEND_API_KEY connects every workspace that has no account of its own: when it first sends, it gets an endpoint for what
 * the provider tells. Called again, it does nothing, or follows the environment's new key.
 */
export async function connectByEnvironment({ workspaceId }: { workspaceId: number }): Promise<ProviderAccount | null> {
  const { RESEND_API_KEY: apiKey } = environment()
  if (!apiKey) return null
  const account = resendAccount(apiKey)
  await db.rawQuery(
    `insert into provider_accounts as p (workspace_id, kind, name, hint, account, webhook_key)
     select ?, 'resend', 'Resend', ?, ?, ?
     where not exists (select from provider_accounts own where own.workspace_id = ? and own.credentials is not null)
     on conflict (workspace_id) where credentials is null do update
       set account = excluded.account, hint = excluded.hint, webhook_id = null, webhook_secret = null, updated_at = now()
       where p.account <> excluded.account`,
    [workspaceId, hintOf(apiKey), account, newWebhookKey(), workspaceId]
  )
  const row = await ProviderAccount.of({ id: workspaceId }).whereNull('credentials').first()
  return row?.webhookId === null ? registerWebhook(row) : row
}
