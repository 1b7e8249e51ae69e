import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/**
 * Takes the personal facts of one contact out of the ledger (GDPR art. 17): IP, user agent, free-text reason, who wrote
 * it down; and what they wished beside it, or had restricted, and the addresses that they had before. What was agreed to, when, and the chain stay, and the chain still verifies.
 */
export async function eraseLedger({
  workspaceId,
  contactId,
  trx,
}: {
  workspaceId: number
  contactId: number
  trx: TransactionClientContract
}): Promise<number> {
  const of = { workspace_id: workspaceId, contact_id: contactId }
  for (const table of ['reader_wishes', 'rests', 'restrictions']) await trx.from(table).where(of).delete()
  await trx.from('former_addresses').where(of).update({ address: null })
  const { rows } = await trx.rawQuery('select redact_consent_entries(?, ?) as entries', [workspaceId, contactId])
  return rows[0].entries
}
