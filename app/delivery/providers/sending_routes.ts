import db from '@adonisjs/lucid/services/db'
import { Topic } from '#consent'
import { audit, type Actor } from '#identity'
import { touch } from '#platform'
import { ProviderAccount } from '../models/provider_account.ts'
import { topicName } from './provider_json.ts'
import { SERVICE } from './ways_out.ts'

export interface RouteJson {
  /** The topic's id, or `service`. */
  topic: string
  provider_id: string
}

/** Which topics have an account of their own. At most one for each topic. */
export async function routesOf(workspace: { id: number }): Promise<RouteJson[]> {
  const rows = await db.from('sending_routes').where('workspace_id', workspace.id).orderBy('topic_id').limit(1_000)
  return rows.map((row) => ({ topic: topicName(row.topic_id), provider_id: String(row.provider_id) }))
}

interface Route {
  workspace: { id: number }
  /** As it stands in the address. */
  topic: string
  actor: Actor
}

/** From now on a topic's mails go by this account first. What is sealed already goes by the one that it was sealed for. */
export async function setRoute({
  workspace,
  topic,
  providerId,
  actor,
}: Route & { providerId: number }): Promise<RouteJson> {
  const topicId = await topicIdOf(workspace, topic)
  const account = await ProviderAccount.own(workspace).findOrFail(providerId)
  await db.transaction(async (trx) => {
    await trx.rawQuery(
      `insert into sending_routes (workspace_id, topic_id, provider_id) values (?, ?, ?)
       on conflict (workspace_id, topic_id) do update set provider_id = excluded.provider_id`,
      [workspace.id, topicId, account.id]
    )
    await audit('route.set', {
      workspaceId: workspace.id,
      actor,
      subject: { type: 'topic', id: topic },
      details: { provider: account.name },
      trx,
    })
    await touch(trx, workspace.id, ['providers', 'sending-routes'])
  })
  return { topic, provider_id: String(account.id) }
}

/** The topic's mails go by the first in the order again. */
export async function endRoute({ workspace, topic, actor }: Route): Promise<void> {
  const topicId = await topicIdOf(workspace, topic)
  await db.transaction(async (trx) => {
    const ended = await trx.from('sending_routes').where({ workspace_id: workspace.id, topic_id: topicId }).delete()
    if (Number(ended) === 0) return
    await audit('route.ended', { workspaceId: workspace.id, actor, subject: { type: 'topic', id: topic }, trx })
    await touch(trx, workspace.id, ['providers', 'sending-routes'])
  })
}

const topicIdOf = async (workspace: { id: number }, topic: string): Promise<number> =>
  topic === 'service' ? SERVICE : (await Topic.of(workspace).findOrFail(topic)).id
