import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { audit } from '#identity'
import { touch } from '#platform'
import { InvalidTopic, TopicNameTaken } from '../errors.ts'
import { Topic } from '../models/topic.ts'
import { topicJson } from './topic_json.ts'
import { createTopicValidator, updateTopicValidator } from './topics_validator.ts'

/**
 * `POST/PATCH/DELETE /topics`; the list is in contacts/http, with its counts. Deleting archives: the ledger goes on naming
 * the topic; `{ archived: false }` undoes it.
 */
export default class TopicsController {
  async store({ request, response, workspace, actor }: HttpContext) {
    const input = await request.validateUsing(createTopicValidator)
    const topic = await db.transaction(async (trx) => {
      await refuseTakenName(workspace.id, input.name)
      const created = await Topic.create(
        {
          workspaceId: workspace.id,
          name: input.name,
          description: input.description,
          public: input.public,
          doubleOptIn: input.double_opt_in,
          ...capIn(input),
          ...sunsetIn(input),
        },
        { client: trx }
      )
      await created.refresh()
      await audit('topic.created', {
        workspaceId: workspace.id,
        actor,
        subject: { type: 'topic', id: created.id },
        trx,
      })
      await touch(trx, workspace.id, ['topics'])
      return created
    })
    return response.created(topicJson(topic))
  }

  async update({ params, request, workspace, actor }: HttpContext) {
    const input = await request.validateUsing(updateTopicValidator)
    const restores = input.archived === false
    const topics = Topic.of(workspace)
    if (!restores) topics.whereNull('archived_at')
    const topic = await topics.findOrFail(params.id)
    if (input.name || restores) await refuseTakenName(workspace.id, input.name ?? topic.name, topic.id)
    await db.transaction(async (trx) => {
      const { name, description, public: isPublic, double_opt_in: doubleOptIn, archived } = input
      await topic
        .useTransaction(trx)
        .merge({
          ...(name === undefined ? {} : { name }),
          ...(description === undefined ? {} : { description }),
          ...(isPublic === undefined ? {} : { public: isPublic }),
          ...(doubleOptIn === undefined ? {} : { doubleOptIn }),
          ...capIn(input),
          ...sunsetIn(input),
          ...(archived === false ? { archivedAt: null } : {}),
        })
        .save()
      await audit(restores ? 'topic.restored' : 'topic.updated', {
        workspaceId: workspace.id,
        actor,
        subject: { type: 'topic', id: topic.id },
        details: { changed: Object.keys(input) },
        trx,
      })
      await touch(trx, workspace.id, ['topics', `topics/${topic.id}`])
    })
    return topicJson(topic)
  }

  async destroy({ params, response, workspace, actor }: HttpContext) {
    const topic = await Topic.of(workspace).whereNull('archived_at').findOrFail(params.id)
    await db.transaction(async (trx) => {
      await trx.from('topics').where({ workspace_id: workspace.id, id: topic.id }).update({ archived_at: new Date() })
      await audit('topic.archived', { workspaceId: workspace.id, actor, subject: { type: 'topic', id: topic.id }, trx })
      await touch(trx, workspace.id, ['topics', `topics/${topic.id}`])
    })
    return response.noContent()
  }
}

const capIn = ({ frequency_cap: cap }: { frequency_cap?: { mails: number; days: number } | null }) =>
  cap === undefined ? {} : { capMails: cap?.mails ?? null, capDays: cap?.days ?? null }

function sunsetIn({ sunset_days: days }: { sunset_days?: number | null }) {
  if (days === undefined) return {}
  if (days !== null && days > 0 && days < 30) {
    throw new InvalidTopic('Give people at least 30 days to react, or 0 for never.', { field: 'sunset_days' })
  }
  return { sunsetDays: days }
}

async function refuseTakenName(workspaceId: number, name: string, except = 0) {
  const taken = await Topic.of({ id: workspaceId })
    .whereNull('archived_at')
    .whereRaw('lower(name) = lower(?)', [name])
    .whereNot('id', except)
    .first()
  if (taken) throw new TopicNameTaken('A topic with this name exists. Choose another name.', { field: 'name' })
}
