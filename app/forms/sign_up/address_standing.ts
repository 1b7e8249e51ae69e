import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { restrictionOf } from '#consent'

export interface OfAddress {
  workspaceId: number
  hash: Buffer
  /** Of its mailbox: who writes one address in many ways (ada+1@) is still one who gets the mails. */
  mailbox: Buffer
  trx: TransactionClientContract
}

/** Two posts for one mailbox, a post and a decision about one, or a post and the erasure of its owner, come one after the other. */
export async function oneAtATime({ workspaceId, hash, mailbox, trx }: OfAddress) {
  await trx.rawQuery(`select pg_advisory_xact_lock(hashtextextended(?, 0))`, [`sign-up:${mailbox.toString('hex')}`])
  await trx.rawQuery(
    `select from contacts where workspace_id = ? and email_hash = ? and deleted_at is null for no key update`,
    [workspaceId, hash]
  )
}

/** Also who is restricted: what is kept of them is not used, and nothing is added. */
export async function isSuppressed({ workspaceId, hash, trx }: Omit<OfAddress, 'mailbox'>): Promise<boolean> {
  const suppression = await trx
    .from('suppressions')
    .where({ workspace_id: workspaceId, channel: 'email', address_hash: hash })
    .first()
  if (suppression) return true
  const contact = await trx
    .from('contacts')
    .where({ workspace_id: workspaceId, email_hash: hash })
    .whereNull('deleted_at')
    .select('id')
    .first()
  return (await restrictionOf({ workspaceId, contactId: contact?.id ?? 0, emailHash: hash, client: trx })) !== null
}

const MAILS_A_DAY = 5

/** Asked within the hour for nothing more than before, or their mailbox too often today: one mail said it. */
export async function isRepeated({ workspaceId, hash, mailbox, topicIds, trx }: OfAddress & { topicIds: number[] }) {
  const { rows } = await trx.rawQuery(
    `select count(*) as today, bool_or(email_hash = ? and topic_ids @> ?::bigint[] and ${ASKED_AT} > now() - interval '1 hour') as is_said
     from form_submissions
     where workspace_id = ? and mailbox_hash = ? and state = 'pending' and ${ASKED_AT} > now() - interval '1 day'`,
    [hash, topicIds, workspaceId, mailbox] as any[]
  )
  return rows[0].is_said === true || rows[0].today >= MAILS_A_DAY
}

/** When somebody signed up, or when a person of the team said that it may go on. */
export const ASKED_AT = 'coalesce(judged_at, created_at)'
