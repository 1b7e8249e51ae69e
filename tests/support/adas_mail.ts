import db from '@adonisjs/lucid/services/db'
import { addressHash, recordConsent } from '#consent'
import { Contact } from '#contacts'
import { theSystem, type Workspace } from '#identity'
import { recipientUrls } from '#tracking'
import { bakery } from './workspace.ts'
import { sentCampaign } from './sent_campaign.ts'

/** Ada agreed to two topics and got a mail about the first. */
export async function adasMail() {
  const { workspace, token } = await bakery()
  const ada = await Contact.create({
    workspaceId: workspace.id,
    email: 'Ada@example.test',
    emailKey: 'ada@example.test',
    emailHash: addressHash(workspace.id, 'ada@example.test'),
    firstName: 'Ada',
  })
  const specials = await topicOf(workspace, 'Weekly specials')
  const hours = await topicOf(workspace, 'Opening hours')
  const secret = await topicOf(workspace, 'For staff', { public: false })
  for (const topicId of [specials, hours]) await agree(workspace, ada.id, topicId)
  const sent = await sentCampaign(workspace, { contactId: ada.id, topicId: specials })
  const urls = recipientUrls({ ...sent, baseUrl: '', tracking: { opens: true, clicks: true } })
  return { workspace, token, ada, specials, hours, secret, sent, urls }
}

export async function topicOf(workspace: Workspace, name: string, more: Record<string, unknown> = {}): Promise<number> {
  const [{ id }] = await db
    .insertQuery()
    .table('topics')
    .insert({ workspace_id: workspace.id, name, ...more })
    .returning('id')
  return Number(id)
}

export const agree = (workspace: Workspace, contactId: number, topicId: number) =>
  db.transaction((trx) =>
    recordConsent({
      workspaceId: workspace.id,
      people: [contactId],
      channel: 'email',
      topicId,
      action: 'grant',
      basis: 'consent_express',
      statement: 'I want this.',
      source: 'counter',
      sourceKind: 'team',
      actor: theSystem,
      trx,
    })
  )

export async function standing({ workspace, ada }: { workspace: Workspace; ada: { id: number } }) {
  const rows = await db.from('consents').where({ workspace_id: workspace.id, contact_id: ada.id }).orderBy('topic_id')
  return rows.map(({ status }) => status)
}

export const ledger = ({ workspace, ada }: { workspace: Workspace; ada: { id: number } }) =>
  db.from('consent_entries').where({ workspace_id: workspace.id, contact_id: ada.id }).orderBy('id')
