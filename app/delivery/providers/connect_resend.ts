import { randomBytes } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import { resendAccount, resendClient } from '#channels'
import { audit, type Actor } from '#identity'
import { touch } from '#platform'
import { KeyRefused, ProviderUnreachable } from '../errors.ts'
import { ProviderAccount } from '../models/provider_account.ts'
import { environment } from './channel_for.ts'
import { hintOf, sealSecret } from './secrets.ts'
import { registerWebhook, removeWebhook } from './webhook_at_provider.ts'

/**
 * Gives a workspace a key of its own: asked for first, kept encrypted, and our webhook registered with it. Connecting
 * again repairs whatever is missing.
 *
 * @throws KeyRefused when Resend does not know the key, ProviderUnreachable when nobody answers
 */
export async function connectResend({
  workspaceId,
  apiKey,
  actor,
}: {
  workspaceId: number
  apiKey: string
  actor: Actor
}): Promise<ProviderAccount> {
  const { perSecond } = await tryKey(apiKey)
  const before = await ProviderAccount.of({ id: workspaceId }).where('kind', 'resend').first()
  const account = resendAccount(apiKey)
  if (before && before.account !== account) await removeWebhook(before)
  await db.transaction(async (trx) => {
    await trx.rawQuery(
      `insert into provider_accounts as p (workspace_id, kind, api_key, api_key_hint, account, webhook_key)
       values (?, 'resend', ?, ?, ?, ?)
       on conflict (workspace_id, kind) do update set
         api_key = excluded.api_key, api_key_hint = excluded.api_key_hint, account = excluded.account,
         webhook_id = case when p.account = excluded.account then p.webhook_id end,
         webhook_secret = case when p.account = excluded.account then p.webhook_secret end,
         status = 'ok', status_note = null, updated_at = now()`,
      [workspaceId, sealSecret('api_key', apiKey), hintOf(apiKey), account, newWebhookKey()]
    )
    await trx.rawQuery(
      `insert into rate_budgets (account, per_second, remaining) values (?, ?, ?)
       on conflict (account) do update set paused_until = null, pause_reason = null, quota_until = null, quota_note = null, failures = 0`,
      [account, perSecond, perSecond]
    )
    await audit('provider.connected', { workspaceId, actor, subject: { type: 'provider', id: 'resend' }, trx })
    await touch(trx, workspaceId, ['providers'])
  })
  return registerWebhook(await ProviderAccount.of({ id: workspaceId }).where('kind', 'resend').firstOrFail())
}

export const newWebhookKey = () => randomBytes(18).toString('base64url')

/** A key that may only send is a good key, too: it is refused what it may not, and named so. */
async function tryKey(apiKey: string): Promise<{ perSecond: number }> {
  const resend = resendClient({ apiKey, baseUrl: environment().RESEND_BASE_URL })
  const { data, error } = await resend.usage.get({ signal: AbortSignal.timeout(10_000) })
  if (data) return { perSecond: Math.max(1, Math.floor((data.rate_limit?.limit ?? 2) * 0.8)) }
  if ((error?.name as string) === 'restricted_api_key') return { perSecond: 2 }
  if (
    error &&
    error.statusCode !== null &&
    error.statusCode !== undefined &&
    error.statusCode < 500 &&
    error.statusCode !== 429
  ) {
    throw new KeyRefused('Resend does not accept this key. Copy it again from resend.com → API keys.', {
      field: 'api_key',
    })
  }
  throw new ProviderUnreachable('Resend does not answer at the moment. Nothing was changed; try again in a minute.')
}
