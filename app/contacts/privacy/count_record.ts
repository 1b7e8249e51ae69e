import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/** What the rows about a person are called in certificates; each has workspace_id and contact_id. */
const tables = {
  ledger_entries: 'consent_entries',
  tags: 'contact_tags',
  import_rows: 'import_rows',
  messages: 'messages',
  service_messages: 'service_messages',
  engagements: 'engagements',
  bounces: 'bounces',
  captured_mails: 'captured_messages',
} as const
export type RecordCounts = Record<keyof typeof tables | 'fields', number>

/** How much is kept about a person, by kind. Some of it belongs to modules below: by SELECT only. */
export async function countRecord({
  workspaceId,
  contactId,
  trx,
}: {
  workspaceId: number
  contactId: number
  trx: TransactionClientContract
}): Promise<RecordCounts> {
  const counts = Object.entries(tables).map(
    ([name, table]) =>
      `(select count(*)::int from ${table} where workspace_id = c.workspace_id and contact_id = c.id) as ${name}`
  )
  const { rows } = await trx.rawQuery(
    `select ${counts.join(', ')}, num_nonnulls(email, phone, external_id, first_name, last_name, locale, timezone)
       + (select count(*)::int from jsonb_object_keys(c.attributes)) as fields
     from contacts c where c.workspace_id = ? and c.id = ?`,
    [workspaceId, contactId]
  )
  return rows[0]
}
