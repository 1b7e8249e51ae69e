import db from '@adonisjs/lucid/services/db'
import { keysetPage, type Page } from '#platform'
import { letterNo } from './letters_of.ts'

export interface MessageJson {
  contact_id: string
  email: string | null
  first_name: string | null
  last_name: string | null
  state: string
  reason: string | null
  note: string | null
  provider_id: string | null
  /** Which of the campaign's letters they got: 1, unless it was changed on the way. */
  letter: number | null
  unsubscribed_at: string | null
  /** What happened, oldest first. */
  history: { what: string; at: string }[]
}

/** One row a person of the campaign, by contact: those of whom it is known what became of them. `state` and `q` (address, name) narrow. */
export async function messages({
  workspaceId,
  campaignId,
  state,
  q,
  ...page
}: {
  workspaceId: number
  campaignId: number
  state?: string
  q?: string
  limit: number
  cursor?: string
  count?: boolean
}): Promise<Page<MessageJson>> {
  const query = db
    .from('messages as m')
    .joinRaw('left join contacts c on c.workspace_id = m.workspace_id and c.id = m.contact_id')
    .whereRaw(
      `m.workspace_id = ? and m.campaign_id = ?
       and m.month = (select s.month from shipments s where s.workspace_id = ? and s.campaign_id = ?)`,
      [workspaceId, campaignId, workspaceId, campaignId]
    )
    .joinRaw('left join batches b on b.workspace_id = m.workspace_id and b.id = m.batch_id')
    .joinRaw('join shipments s on s.workspace_id = m.workspace_id and s.campaign_id = m.campaign_id')
    .select(
      'm.*',
      'c.first_name',
      'c.last_name',
      'b.edition_id as got',
      's.edition_id',
      's.earlier_editions',
      's.letters'
    )
    .select(db.raw('coalesce(m.email, c.email) as address'))
  if (state) query.where('m.state', state)
  if (q?.trim()) {
    const like = `%${q.trim().replace(/[\\%_]/g, '\\$&')}%`
    query.whereRaw(
      `(coalesce(m.email, c.email, '') || ' ' || coalesce(c.first_name, '') || ' ' || coalesce(c.last_name, '')) ilike ?`,
      [like]
    )
  }
  return keysetPage(query, {
    ...page,
    sort: [{ column: 'm.contact_id', direction: 'asc', value: (row: any) => row.contact_id }],
    toJson: messageJson,
  })
}

function messageJson(row: any): MessageJson {
  return {
    contact_id: String(row.contact_id),
    email: row.address,
    first_name: row.first_name,
    last_name: row.last_name,
    state: row.state,
    reason: row.reason,
    note: row.note,
    provider_id: row.provider_id,
    letter: letterNo(row, row.got),
    unsubscribed_at: row.unsubscribed_at?.toISOString() ?? null,
    history: historyOf(row),
  }
}

function historyOf(row: any): MessageJson['history'] {
  const facts: [string, Date | null][] = [
    [row.state === 'withheld' ? 'withheld' : 'prepared', row.sealed_at],
    ['accepted', row.accepted_at],
    ['found_in_list', row.found_at],
    ['sent', row.sent_at],
    ['delayed', row.delayed_at],
    ['delivered', row.delivered_at],
    [row.state === 'withheld' ? '' : row.state, row.ended_at],
    ['unsubscribed', row.unsubscribed_at],
  ]
  return facts
    .filter((fact): fact is [string, Date] => fact[0] !== '' && fact[1] !== null)
    .map(([what, at]) => ({ what, at: at.toISOString() }))
    .sort((a, b) => a.at.localeCompare(b.at))
}
