import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/**
 * GDPR art. 17 in the audit: what a contact did themselves (on their preference page) stays as a fact, by reference; from
 * where they did it goes, and why somebody let their address receive again. The one change that the audit allows.
 *
 * @param addressHash the keyed hash by which entries about a suppression name its address; null: they had none
 */
export async function forgetPerson({
  workspaceId,
  contactId,
  addressHash,
  trx,
}: {
  workspaceId: number
  contactId: number
  addressHash: Buffer | null
  trx: TransactionClientContract
}) {
  const hash = addressHash?.toString('hex') ?? null
  await trx.rawQuery('select redact_audit_entries(?, ?, ?)', [workspaceId, contactId, hash] as any[])
}
