import db from '@adonisjs/lucid/services/db'
import { audit, type Actor } from '#identity'
import { touch } from '#platform'
import { DomainIsProviders } from '../errors.ts'
import { type SendingDomain } from '../models/sending_domain.ts'
import { requestCheck } from './check_domain.ts'

export interface DomainChanges {
  returnPath?: string
  dkimSelectors?: string[]
  replyToDomain?: string | null
}

/** @throws DomainIsProviders for what the provider's records say */
export async function changeDomain(row: SendingDomain, { changes, actor }: { changes: DomainChanges; actor: Actor }) {
  if (row.providerId && (changes.returnPath !== undefined || changes.dkimSelectors !== undefined)) {
    const field = changes.returnPath === undefined ? 'dkim_selectors' : 'return_path'
    throw new DomainIsProviders(`Resend's own records say this for ${row.domain}. Change it there, then check again.`, {
      field,
    })
  }
  return db.transaction(async (trx) => {
    await row.useTransaction(trx).merge(changes).save()
    const { id, workspaceId } = row
    await audit('sending_domain.changed', { workspaceId, actor, subject: { type: 'sending_domain', id }, trx })
    await requestCheck({ workspaceId, domainId: id }, { trx, isChanged: true })
    await touch(trx, workspaceId, ['domains', `domains/${id}`])
    return row
  })
}
