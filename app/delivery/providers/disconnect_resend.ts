import db from '@adonisjs/lucid/services/db'
import { audit, type Actor } from '#identity'
import { touch } from '#platform'
import { NoProvider } from '../errors.ts'
import { ProviderAccount } from '../models/provider_account.ts'
import { removeWebhook } from './webhook_at_provider.ts'

/** Forgets a workspace's own key and takes our webhook away at the provider. What waits goes out by what is left then. */
export async function disconnectResend({ workspaceId, actor }: { workspaceId: number; actor: Actor }): Promise<void> {
  const account = await ProviderAccount.of({ id: workspaceId }).where('kind', 'resend').whereNotNull('api_key').first()
  if (!account) throw new NoProvider('This workspace has no key of its own.')
  await removeWebhook(account)
  await db.transaction(async (trx) => {
    await trx.from('provider_accounts').where({ workspace_id: workspaceId, id: account.id }).delete()
    await audit('provider.disconnected', { workspaceId, actor, subject: { type: 'provider', id: 'resend' }, trx })
    await touch(trx, workspaceId, ['providers'])
  })
}
