import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/**
 * GDPR art. 17 in the audit: what a contact did themselves (on their preference page) stays as a fact, by reference; from
 * where they did it goes. The one change that the audit allows.
 */
export async function forgetPerson({
  workspaceId,
  contactId,
  trx,
}: {
  workspaceId: number
  contactId: number
  trx: TransactionClientContract
}) {
  await trx.rawQuery('select redact_audit_entries(?, ?)', [workspaceId, contactId])
}
