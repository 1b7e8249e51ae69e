import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { honourWithdrawals, recordConsent, rememberAddresses, type Basis } from '#consent'
import { peopleWhere } from '#contacts'
import { markUnsubscribed } from '#delivery'
import type { DomainEvent } from '#platform'
import { readLeave, type Reader } from '#tracking'
import { theReader, type Circumstances } from './circumstances.ts'
import type { KnownReader } from './reader_of_token.ts'
import { takenReader } from './reader_of_token.ts'

/**
 * Ends a campaign's topic for its reader, at once and for good: the ledger says how, the campaign's account counts it.
 * Again is no second entry, unless it says why for the first time. Who was deleted meanwhile is remembered by address, so that no import brings them back;
 * for who was erased there is nothing left to write down, and their address is suppressed already.
 *
 * @param of the token, or the reader whom one named
 * @returns the reader, or null for a token that is not ours
 */
export async function leaveTopic({
  of,
  via,
  why = null,
  circumstances,
}: {
  of: string | Reader
  via: 'one-click' | 'page' | 'mail'
  why?: string | null
  circumstances: Circumstances
}): Promise<KnownReader | null> {
  return db.transaction(async (trx) => {
    const named = typeof of === 'string' ? readLeave(of) : of
    const reader = named && (await takenReader(named, trx))
    if (!reader || reader.isErased) return reader
    const { workspaceId, campaignId, contactId, topic } = reader
    const people = [reader.person?.id ?? contactId]
    const standing = await trx
      .from('consents')
      .where({ workspace_id: workspaceId, contact_id: people[0], channel: 'email', topic_id: topic.id })
      .forUpdate()
      .first()
    if (standing?.status !== 'withdrawn' || (why && !(await hasSaidWhy(standing, trx)))) {
      await recordConsent({
        workspaceId,
        people,
        channel: 'email',
        topicId: topic.id,
        action: 'withdraw',
        basis: (standing?.basis ?? 'unknown') as Basis,
        statement: `Unsubscribe: no more mails about “${topic.name}”.`,
        source: via,
        sourceKind: 'person',
        sourceRef: `campaign:${campaignId}`,
        reason: why,
        ...circumstances,
        actor: theReader(reader, circumstances),
        trx,
      })
      if (!reader.person && reader.addressHash) await leaveByAddress(reader, { circumstances, trx })
    }
    await markUnsubscribed({ workspaceId, campaignId, contactId, trx })
    return reader
  })
}

/** `reader.left_by_mail`: with the mailbox's own button, by a mail to the workspace. Who wrote it does not matter, the token does. */
export async function leaveByMail({
  workspaceId,
  payload,
}: Pick<DomainEvent, 'workspaceId' | 'payload'>): Promise<void> {
  const of = { workspaceId, campaignId: Number(payload.campaign_id), contactId: Number(payload.contact_id) }
  await leaveTopic({ of, via: 'mail', circumstances: { ip: null, userAgent: null } })
}

async function hasSaidWhy({ workspace_id: workspaceId, entry_id: id }: any, trx: TransactionClientContract) {
  const entry = await trx.from('consent_entries').where({ workspace_id: workspaceId, id }).select('reason').first()
  return entry.reason !== null
}

/** The contact is gone, the address may have come back with another one: its word counts for them too. */
async function leaveByAddress(
  reader: KnownReader,
  { circumstances, trx }: { circumstances: Circumstances; trx: TransactionClientContract }
) {
  const { workspaceId, contactId, addressHash } = reader
  await rememberAddresses({ workspaceId, people: [{ contactId, addressHash: addressHash! }], trx })
  await honourWithdrawals({
    workspaceId,
    people: peopleWhere(workspaceId, { sql: 'c.email_hash = ?', bindings: [addressHash] }),
    actor: theReader(reader, circumstances),
    trx,
  })
}
