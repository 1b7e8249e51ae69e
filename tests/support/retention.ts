import db from '@adonisjs/lucid/services/db'
import { enforceRetention } from '#compliance'
import { campaign, sent } from './written_campaign.ts'
import { readers } from './reader.ts'

export const ago = (days: number) => new Date(Date.now() - days * 86_400_000)
export const enforce = (workspace: { id: number }) => enforceRetention({ workspaceId: workspace.id })

/** What the audit says of nights past. */
export const runs = (workspace: { id: number }) =>
  db.from('audit_entries').where({ workspace_id: workspace.id, action: 'retention.enforced' }).orderBy('id')

/** The settings' door for whoever holds this token. */
export function door(client: any, token: string) {
  return {
    look: async () => (await client.get('/api/v1/retention').bearerToken(token)).body(),
    kind: async (name: string) =>
      (await client.get('/api/v1/retention').bearerToken(token)).body().data.find(({ kind }: any) => kind === name),
    change: (days: object, confirmed?: boolean) =>
      client.patch('/api/v1/retention').bearerToken(token).json({ days, confirmed }),
  }
}

/** A campaign that was sent, clicked by its first two readers, and ended so many days ago. */
export async function endedCampaign(client: any, { days }: { days: number }) {
  const story = await campaign(client)
  await sent(story)
  await age(story.workspace, 1)
  const { openAndClick: react } = readers(client, story)
  for (const id of [story.ids[0], story.ids[0], story.ids[1]]) await react(id)
  await age(story.workspace, days)
  return { ...story, react }
}

async function age(workspace: { id: number }, days: number) {
  const then = { workspaceId: workspace.id, then: ago(days) }
  for (const sql of [
    'update shipments set finished_at = :then, created_at = :then where workspace_id = :workspaceId',
    'update batches set finished_at = :then where workspace_id = :workspaceId',
    'update engagements set occurred_at = :then where workspace_id = :workspaceId',
    'update captured_messages set created_at = :then where workspace_id = :workspaceId',
    'update messages set accepted_at = :then, sealed_at = :then, delivered_at = :then where workspace_id = :workspaceId',
  ]) {
    await db.rawQuery(sql, then)
  }
}
