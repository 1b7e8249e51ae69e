import db from '@adonisjs/lucid/services/db'
import { touch } from '#platform'
import { NotAtProvider, ProviderUnreachable } from '../errors.ts'
import { type SendingDomain } from '../models/sending_domain.ts'
import { NOT_THERE, providerFacts } from './add_domain.ts'
import { addAtResend, resendOf, verifyAtResend } from './at_resend.ts'
import { requestCheck } from './check_domain.ts'

/**
 * Has Resend look at the DNS now, or adds the domain there first. One that it has verified is left alone: while it looks,
 * nothing could be sent.
 *
 * @throws NotAtProvider, ProviderUnreachable
 */
export async function verifyDomain(row: SendingDomain): Promise<SendingDomain> {
  const { workspaceId, id, domain, providerId } = row
  const resend = await resendOf(workspaceId)
  if (!resend) throw new NotAtProvider(`Resend is not connected: there is nothing to verify but the DNS of ${domain}.`)
  const facts = providerId ? {} : await added(resend, domain)
  if (providerId && row.providerStatus !== 'verified') {
    const { note } = await verifyAtResend(resend, providerId)
    if (note) throw new ProviderUnreachable(note)
  }
  await db.transaction(async (trx) => {
    await row.useTransaction(trx).merge(facts).save()
    await requestCheck({ workspaceId, domainId: id }, { trx, isChanged: true })
    await touch(trx, workspaceId, ['domains', `domains/${id}`])
  })
  return row.refresh()
}

async function added(resend: NonNullable<Awaited<ReturnType<typeof resendOf>>>, domain: string) {
  const told = await addAtResend(resend, { name: domain })
  if (told.kind !== 'told') throw new ProviderUnreachable(told.kind === 'unheard' ? told.note : NOT_THERE)
  return providerFacts(told, domain)
}
