import db from '@adonisjs/lucid/services/db'
import { audit, type Actor } from '#identity'
import { touch } from '#platform'
import { ProviderUnreachable } from '../errors.ts'
import { type SendingDomain } from '../models/sending_domain.ts'
import { removeAtResend, resendOf } from './at_resend.ts'

/**
 * Watches it no longer. Its warm-up goes on: that belongs to the mail, not to the watching.
 *
 * @param atProvider also takes it away from Resend: nothing can be sent from it any more
 * @throws ProviderUnreachable when that fails; then it stays here as well
 */
export async function removeDomain(row: SendingDomain, { atProvider, actor }: { atProvider: boolean; actor: Actor }) {
  const { id, workspaceId, domain } = row
  const resend = atProvider && row.providerId ? await resendOf(workspaceId) : null
  if (resend) {
    const { note } = await removeAtResend(resend, row.providerId!)
    if (note) throw new ProviderUnreachable(`${note} Nothing was changed.`)
  }
  await db.transaction(async (trx) => {
    await trx.from('sending_domains').where({ workspace_id: workspaceId, id }).delete()
    const details = { domain, at_provider: resend !== null }
    await audit('sending_domain.removed', { workspaceId, actor, subject: { type: 'sending_domain', id }, details, trx })
    await touch(trx, workspaceId, ['domains', `domains/${id}`])
  })
}
