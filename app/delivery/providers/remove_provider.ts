import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#identity'
import { type ProviderAccount } from '../models/provider_account.ts'
import { refuseTheLast } from './change_provider.ts'
import { lockProviders, told } from './keep_provider.ts'
import { removeWebhook } from './webhook_at_provider.ts'

/**
 * Forgets an account and takes our webhook away at the provider. What waits goes out by what is left then; what is in doubt
 * at this account becomes unconfirmed.
 *
 * @throws NothingIsOn when others are left and all of them are switched off
 */
export async function removeProvider({ account, actor }: { account: ProviderAccount; actor: Actor }): Promise<void> {
  const { workspaceId, id } = account
  await removeWebhook(account)
  await db.transaction(async (trx) => {
    const others = (await lockProviders(workspaceId, trx)).filter((one) => one.isOwn && one.id !== id)
    if (others.length > 0) refuseTheLast(others)
    await trx.from('provider_accounts').where({ workspace_id: workspaceId, id }).delete()
    await told('provider.disconnected', { account, actor, trx })
  })
}
