import db from '@adonisjs/lucid/services/db'
import { audit, SenderInUse, senderUses, usesInWords, Workspace, type Actor } from '#identity'
import { touch } from '#platform'
import { ProviderUnreachable } from '../errors.ts'
import { ProviderAccount } from '../models/provider_account.ts'
import { type SendingDomain } from '../models/sending_domain.ts'
import { removeAtResend, resendOf } from './at_resend.ts'

/**
 * Watches it no longer. Its warm-up goes on: that belongs to the mail, not to the watching.
 *
 * @param atProvider also takes it away from Resend: nothing can be sent from it any more
 * @throws ProviderUnreachable when that fails; then it stays here as well
 * @throws SenderInUse (409) while forms or campaigns send from it there
 */
export async function removeDomain(row: SendingDomain, { atProvider, actor }: { atProvider: boolean; actor: Actor }) {
  const { id, workspaceId, domain } = row
  const resend = atProvider && row.providerId ? await resendOf(workspaceId) : null
  if (resend) {
    await refuseSilence(row)
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

/** Resend would refuse every mail of theirs. Where it is switched off they leave by another way. */
async function refuseSilence({ workspaceId, domain }: SendingDomain) {
  const account = await ProviderAccount.atResend({ id: workspaceId })
  if (account?.status === 'off') return
  const uses = await db.transaction(async (trx) => {
    const { defaultFromEmail } = await Workspace.query({ client: trx }).where('id', workspaceId).firstOrFail()
    const isDefault = defaultFromEmail?.toLowerCase().split('@').at(-1) === domain
    return senderUses({ workspaceId, isDefault, domain, trx })
  })
  if (uses.length === 0) return
  throw new SenderInUse(
    `Mails leave from ${domain}: ${usesInWords(uses)}. Give them a sender at another domain, or close these first. Resend would refuse them all.`,
    { field: 'at_provider', uses }
  )
}
