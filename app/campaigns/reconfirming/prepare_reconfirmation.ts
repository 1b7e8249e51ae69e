import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import {
  InvalidReconfirmation,
  namedWording,
  NoSuchWording,
  Reconfirmation,
  Topic,
  wordingOf,
  type ReconfirmationKind,
  type Silence,
} from '#consent'
import { audit, type Actor, type Workspace } from '#identity'
import { touch } from '#platform'
import { Segment } from '#segments'
import { createCampaign } from '../keep_campaign.ts'
import type { Campaign } from '../models/campaign.ts'
import { otherLanguages, questionLetters, questionWording } from './letter.ts'

export interface Plan {
  topicId: number
  segmentId?: number | null
  silence: Silence
  answerDays: number
  remindAfterDays: number | null
  wordingId?: number | null
}

/**
 * A re-confirmation of people whose proof is weak, with the draft of the campaign that asks them. Nobody is asked until somebody
 * sends that.
 *
 * @throws InvalidReconfirmation (422) naming the field
 */
export async function prepareReconfirmation({
  workspace,
  plan,
  actor,
}: {
  workspace: Workspace
  plan: Plan
  actor: Actor
}): Promise<{ asks: Reconfirmation; campaign: Campaign }> {
  const topic = await Topic.of(workspace).where('id', plan.topicId).whereNull('archived_at').first()
  if (!topic) throw new InvalidReconfirmation('There is no such topic, or it is archived.', { field: 'topic_id' })
  if (plan.remindAfterDays !== null && plan.remindAfterDays >= plan.answerDays) {
    const message = 'Remind people before their time is over, or not at all.'
    throw new InvalidReconfirmation(message, { field: 'remind_after_days' })
  }
  if (plan.segmentId && !(await Segment.of(workspace).whereNull('deleted_at').where('id', plan.segmentId).first())) {
    throw new InvalidReconfirmation('There is no such segment any more.', { field: 'segment_id' })
  }
  return db.transaction((trx) =>
    draftQuestion({ workspace, kind: 'weak_proof', topic, plan, roundOn: null, values: {}, actor, trx })
  )
}

/** The row and its campaign; `values` say how the campaign begins. */
export async function draftQuestion({
  workspace,
  kind,
  topic,
  plan,
  roundOn,
  values,
  actor,
  trx,
}: {
  workspace: Workspace
  kind: ReconfirmationKind
  topic: Topic
  plan: Plan
  roundOn: string | null
  values: Partial<Campaign>
  actor: Actor
  trx: TransactionClientContract
}) {
  const wording = await wordingFor({ workspace, topic, plan, actor, trx })
  // what the team chose is what everybody agrees to: nobody but them could say it in another language
  const wordings = plan.wordingId ? {} : await wordingsInOthers({ workspace, topic, actor, trx })
  const [{ id }] = await trx
    .insertQuery()
    .table('reconfirmations')
    .insert({
      workspace_id: workspace.id,
      kind,
      topic_id: topic.id,
      segment_id: plan.segmentId ?? null,
      silence: plan.silence,
      wording_id: wording.id,
      wording_version: wording.version,
      wordings: JSON.stringify(wordings),
      answer_days: plan.answerDays,
      remind_after_days: plan.remindAfterDays,
      round_on: roundOn,
      created_by: actor.label,
    })
    .returning('id')
  const part = kind === 'sunset' ? 'sunset' : 'question'
  const campaign = await createCampaign({
    workspace,
    actor,
    values: {
      name: nameOf({ kind, topic, roundOn }),
      topicId: topic.id,
      audience: { reconfirmation_id: String(id), part },
      ...questionLetters({ workspace, topicName: topic.name, kind, silence: plan.silence }),
      tracking: { opens: false, clicks: false },
      reconfirmationId: Number(id),
      ...values,
    },
    trx,
  })
  await trx.from('reconfirmations').where({ workspace_id: workspace.id, id }).update({ campaign_id: campaign.id })
  await audit('reconfirmation.created', {
    workspaceId: workspace.id,
    actor,
    subject: { type: 'reconfirmation', id },
    details: { kind, topic_id: String(topic.id), silence: plan.silence, answer_days: plan.answerDays },
    trx,
  })
  await touch(trx, workspace.id, ['reconfirmations'])
  const asks = await Reconfirmation.of(workspace, { client: trx }).findOrFail(id)
  return { asks: asks as Reconfirmation, campaign }
}

const nameOf = ({ kind, topic, roundOn }: { kind: ReconfirmationKind; topic: Topic; roundOn: string | null }) =>
  kind === 'sunset' ? `Still wanted? ${topic.name}, ${roundOn}` : `Please confirm: ${topic.name}`

interface About {
  workspace: Workspace
  topic: Topic
  actor: Actor
  trx: TransactionClientContract
}

async function wordingFor({ workspace, topic, plan, actor, trx }: About & { plan: Plan }) {
  if (plan.wordingId) {
    try {
      return await namedWording({ workspaceId: workspace.id, wording: { id: plan.wordingId }, client: trx })
    } catch (error) {
      if (!(error instanceof NoSuchWording)) throw error
      throw new InvalidReconfirmation('There is no such wording.', { field: 'wording_id' })
    }
  }
  const said = questionWording({ workspace, topicName: topic.name })
  return (await wordingOf({ workspaceId: workspace.id, ...said, shown: SHOWN, actor, trx }))!
}

const SHOWN = 're-confirmation page'

/** The same, as the page says it in each other language. */
async function wordingsInOthers({ workspace, topic, actor, trx }: About) {
  const wordings: Record<string, { id: number; version: number }> = {}
  for (const language of otherLanguages(workspace)) {
    const said = questionWording({ workspace, topicName: topic.name, language })
    const wording = await wordingOf({ workspaceId: workspace.id, ...said, shown: SHOWN, actor, trx })
    wordings[language] = { id: wording!.id, version: wording!.version }
  }
  return wordings
}
