import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { addressHash, addressKey } from '#consent'
import type { PageLook } from '#identity'
import { readLeave, type Reader } from '#tracking'

interface Person {
  id: number
  email: string
  emailHash: Buffer
  locale: string | null
}

/** The person behind a way out, as they stand today: merged people are who they became. */
export interface KnownReader extends Reader {
  workspace: { id: number; name: string; locale: string; look: PageLook | null }
  /** By whose clock their days begin: their own, else the workspace's. */
  timezone: string
  topic: { id: number; name: string }
  /** Null when they were deleted: what they say then stays with their address alone. */
  person: Person | null
  /** Deleted by the team and not erased: nobody gets anything, but what is kept of them is theirs to see, take and end. */
  former: Person | null
  addressHash: Buffer | null
  isErased: boolean
}

/**
 * Reads a way out. Tokens never expire; whatever we did not sign is null. Reads, by SELECT only, `shipments` and
 * `messages` (delivery) and `contacts`.
 */
export async function readerOfToken(token: string, client: QueryClientContract): Promise<KnownReader | null> {
  const reader = readLeave(token)
  return reader && knownReader(reader, client)
}

/** A reader whom a token of ours named. */
async function knownReader(reader: Reader, client: QueryClientContract): Promise<KnownReader | null> {
  const { rows } = await client.rawQuery(
    `with recursive life as (
       select c.*, 0 as step from contacts c where c.workspace_id = ? and c.id = ?
       union all
       select n.*, l.step + 1 from life l join contacts n on n.workspace_id = l.workspace_id and n.id = l.merged_into
       where l.step < 20
     )
     select w.name as workspace, w.locale, w.settings->'page_look' as look, coalesce(l.timezone, w.timezone) as timezone, t.id as topic_id, t.name as topic, m.email as sent_to,
       l.id as contact_id, l.email, l.email_hash, l.locale as reader_locale, l.deleted_at is null as is_there,
       exists (select from life where erased_at is not null) as is_erased
     from shipments s
     join workspaces w on w.id = s.workspace_id
     join topics t on t.workspace_id = s.workspace_id and t.id = s.topic_id
     left join messages m on m.workspace_id = s.workspace_id and m.month = s.month and m.campaign_id = s.campaign_id and m.contact_id = ?
     left join lateral (select * from life order by step desc limit 1) l on true
     where s.workspace_id = ? and s.campaign_id = ?`,
    [reader.workspaceId, reader.contactId, reader.contactId, reader.workspaceId, reader.campaignId]
  )
  return rows.length === 0 ? null : asTheyStand(reader, rows[0])
}

function asTheyStand(reader: Reader, row: any): KnownReader {
  const record = row.email_hash
    ? { id: row.contact_id, email: row.email, emailHash: row.email_hash, locale: row.reader_locale }
    : null
  const sentTo = row.sent_to === null ? null : addressHash(reader.workspaceId, addressKey(row.sent_to))
  return {
    ...reader,
    workspace: { id: reader.workspaceId, name: row.workspace, locale: row.locale, look: row.look },
    timezone: row.timezone,
    topic: { id: row.topic_id, name: row.topic },
    person: row.is_there ? record : null,
    former: row.is_there || row.is_erased ? null : record,
    addressHash: row.email_hash ?? sentTo,
    isErased: row.is_erased,
  }
}

/** Two windows, one person: the second sees what the first saved. Null for who is not there. */
export async function lockedReader(token: string, trx: TransactionClientContract): Promise<KnownReader | null> {
  const named = readLeave(token)
  const reader = named && (await takenReader(named, trx))
  return reader?.person ? reader : null
}

/** A reader as they stand when nobody else changes them any more: who was erased while we waited is not heard as who they were. */
export async function takenReader(named: Reader, trx: TransactionClientContract): Promise<KnownReader | null> {
  const seen = await knownReader(named, trx)
  const record = seen && recordOf(seen)
  if (!record) return seen
  await trx.rawQuery(`select from contacts where workspace_id = ? and id = ? for no key update`, [
    seen.workspaceId,
    record.id,
  ])
  const reader = await knownReader(named, trx)
  const now = reader && recordOf(reader)
  return now && now.id !== record.id ? takenReader(named, trx) : reader
}

/** What is kept of them, be they there or deleted. */
export const recordOf = ({ person, former }: Pick<KnownReader, 'person' | 'former'>): Person | null => person ?? former
