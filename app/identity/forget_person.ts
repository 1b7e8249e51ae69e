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
  await trx.rawQuery(`select set_config('assent.ledger_erasure', 'on', true)`)
  await trx
    .from('audit_entries')
    .where({ workspace_id: workspaceId, actor_kind: 'person', actor_id: contactId })
    .whereNotNull('ip')
    .update({ ip: null })
  await trx.rawQuery(`select set_config('assent.ledger_erasure', '', true)`)
}
