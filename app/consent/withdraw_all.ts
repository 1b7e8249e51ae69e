import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { ConsentRecord } from './record_consent.ts'
import { recordConsent } from './record_consent.ts'

/**
 * Ends everything this person agreed to or asked for on a channel, one ledger entry a topic. Topics they never agreed
 * to, or left already, stay as they are.
 *
 * @returns the topics that ended
 */
export async function withdrawAll({
  workspaceId,
  contactId,
  channel,
  trx,
  ...record
}: Omit<ConsentRecord, 'people' | 'topicId' | 'action' | 'basis' | 'unless' | 'expiresAt'> & {
  contactId: number
  trx: TransactionClientContract
}): Promise<{ topicIds: number[] }> {
  const standing = await trx
    .from('consents')
    .where({ workspace_id: workspaceId, contact_id: contactId, channel })
    .whereIn('status', ['granted', 'pending'])
    .orderBy('topic_id')
    .select('topic_id', 'basis')
  for (const { topic_id: topicId, basis } of standing) {
    await recordConsent({
      ...record,
      workspaceId,
      people: [contactId],
      channel,
      topicId,
      action: 'withdraw',
      basis,
      trx,
    })
  }
  return { topicIds: standing.map(({ topic_id: topicId }) => topicId) }
}

/**
 * Before an address leaves its contact (deleted, merged, erased, changed): what it withdrew stays with the address, so
 * that no import brings it back as if nothing had been said.
 */
export async function rememberWithdrawals({
  workspaceId,
  people,
  trx,
}: {
  workspaceId: number
  people: { contactId: number; addressHash: Buffer }[]
  trx: TransactionClientContract
}) {
  await trx.rawQuery(
    `insert into withdrawn_addresses (workspace_id, channel, topic_id, address_hash)
     select distinct e.workspace_id, e.channel, e.topic_id, p.hash
     from unnest(?::bigint[], ?::bytea[]) as p (contact_id, hash)
     join consent_entries e on e.workspace_id = ? and e.contact_id = p.contact_id and e.action = 'withdraw'
     on conflict do nothing`,
    [people.map(({ contactId }) => contactId), people.map(({ addressHash }) => addressHash), workspaceId] as any[]
  )
}
