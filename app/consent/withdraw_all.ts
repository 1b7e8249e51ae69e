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
