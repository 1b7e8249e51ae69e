import db from '@adonisjs/lucid/services/db'
import { addressHash, addressKey, allowedPeople, recordConsent, Topic } from '#consent'
import { peopleWhere } from '#contacts'
import { theSystem, type Workspace } from '#identity'

/** Contacts put there directly, for tests that are about something else: as many as asked for, or one per address. */
export async function plantPeople(workspace: Workspace, emails: (string | null)[]): Promise<number[]> {
  const rows = emails.map((email) => {
    const key = email === null ? null : addressKey(email)
    return {
      workspace_id: workspace.id,
      email,
      email_key: key,
      email_hash: key === null ? null : addressHash(workspace.id, key),
    }
  })
  const made = await db.insertQuery().table('contacts').multiInsert(rows).returning('id')
  return made.map((row: any) => Number(row.id ?? row))
}

export async function plantTopic(workspace: Workspace, name = 'Weekly specials') {
  const topic = await Topic.create({ workspaceId: workspace.id, name })
  await topic.refresh()
  return topic
}

type Entry = Parameters<typeof recordConsent>[0]

/** A ledger entry with everything that a test does not care about filled in. */
export function record(workspace: Workspace, topic: Topic, people: Entry['people'], more: Partial<Entry> = {}) {
  return db.transaction((trx) =>
    recordConsent({
      workspaceId: workspace.id,
      people,
      channel: 'email',
      topicId: topic.id,
      action: 'grant',
      basis: 'consent_express',
      statement: 'Yes, write to me about the weekly specials.',
      source: 'counter, autumn 2026',
      sourceKind: 'team',
      actor: theSystem,
      trx,
      ...more,
    })
  )
}

export async function standing(workspace: Workspace, contactId: number, topic: Topic): Promise<string> {
  const row = await db
    .from('consents')
    .where({ workspace_id: workspace.id, contact_id: contactId, topic_id: topic.id, channel: 'email' })
    .first()
  return row?.status ?? 'none'
}

/** Who may be written to about a topic, by the name before the @. */
export async function mailable(workspaceId: number, topicId: string): Promise<string[]> {
  const people = peopleWhere(workspaceId)
  const allowed = allowedPeople({ workspaceId, people, channel: 'email', topicId: Number(topicId) })
  const { rows } = await db.rawQuery(
    `select c.email_key from contacts c where c.workspace_id = ? and c.id in (${allowed.sql}) order by 1`,
    [workspaceId, ...allowed.bindings] as any[]
  )
  return rows.map((row: { email_key: string }) => row.email_key.split('@')[0])
}
