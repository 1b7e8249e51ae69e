import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { cancelReconfirmation, countAnswers, Reconfirmation } from '#consent'
import { keysetPage, pageRequest } from '#platform'
import { deleteCampaign } from '../keep_campaign.ts'
import { prepareReconfirmation } from '../reconfirming/prepare_reconfirmation.ts'
import { reconfirmationJson } from './reconfirmation_json.ts'
import { reconfirmationValidator } from './reconfirmations_validator.ts'

/** `GET/POST /reconfirmations`: questions to people who get mails already, and what they answered. */
export default class ReconfirmationsController {
  async index(ctx: HttpContext) {
    const page = await keysetPage<Reconfirmation, Reconfirmation>(Reconfirmation.of(ctx.workspace), {
      ...pageRequest(ctx),
      sort: [{ column: 'id', direction: 'desc', value: ({ id }: Reconfirmation) => id }],
      toJson: (asks) => asks,
    })
    return { ...page, data: await jsonOf(ctx.workspace, page.data) }
  }

  async store({ request, response, workspace, actor }: HttpContext) {
    const input = await request.validateUsing(reconfirmationValidator)
    const plan = {
      topicId: input.topic_id,
      segmentId: input.segment_id,
      silence: input.silence,
      answerDays: input.answer_days ?? 21,
      remindAfterDays: input.remind_after_days ?? null,
      wordingId: input.wording_id,
    }
    const { asks } = await prepareReconfirmation({ workspace, plan, actor })
    return response.created((await jsonOf(workspace, [asks]))[0])
  }

  async show({ params, workspace }: HttpContext) {
    const asks = await Reconfirmation.of(workspace).findOrFail(params.id)
    return (await jsonOf(workspace, [asks]))[0]
  }

  /** A draft goes with its campaign; of one that is waiting, who has not answered stays as they are. */
  async cancel({ params, workspace, actor }: HttpContext) {
    const asks: Reconfirmation = await Reconfirmation.of(workspace).findOrFail(params.id)
    if (asks.state === 'draft' && asks.campaignId) {
      await deleteCampaign({ workspace, id: asks.campaignId, actor })
    } else {
      await db.transaction((trx) => cancelReconfirmation({ workspaceId: workspace.id, id: asks.id, actor, trx }))
    }
    return (await jsonOf(workspace, [await Reconfirmation.of(workspace).findOrFail(asks.id)]))[0]
  }
}

async function jsonOf(workspace: { id: number }, list: Reconfirmation[]) {
  const ids = list.map(({ id }) => id)
  const answers = await countAnswers({ workspaceId: workspace.id, ids, client: db })
  const { rows } = await db.rawQuery(
    `select r.id, t.name, c.status from reconfirmations r
     join topics t on t.workspace_id = r.workspace_id and t.id = r.topic_id
     left join campaigns c on c.workspace_id = r.workspace_id and c.id = r.campaign_id and c.deleted_at is null
     where r.workspace_id = ? and r.id = any(?)`,
    [workspace.id, ids] as any[]
  )
  const beside = new Map<number, { name: string; status: string | null }>(rows.map((row: any) => [row.id, row]))
  return list.map((asks, at) => {
    const { name: topicName, status: campaignStatus } = beside.get(asks.id)!
    return reconfirmationJson(asks, { answers: answers[at], topicName, campaignStatus })
  })
}
