import { DateTime } from 'luxon'
import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { freeToAsk, silentInLot, Topic, type SunsetQuestion } from '#consent'
import { sunsetOf, theSystem, Workspace, type SunsetRules } from '#identity'
import { draftQuestion } from './prepare_reconfirmation.ts'
import { tellOfWaitingRound } from './tell_of_question.ts'

/** So many people are looked at in one statement, and at most so many asked about a topic in one day. */
const LOT = 2_000
const MOST_A_DAY = 5_000

interface Due {
  workspace_id: number
  topic_id: number
  days: number
  /** Today and now, by the database's clock. */
  round_on: string
  now: Date
}

/**
 * Looks, for each topic with a sunset policy that had no round today, who has been silent long enough, and asks them: a campaign like
 * any, scheduled for now, with these people as its audience; or a draft, where the team wants to see each letter first. Whoever comes
 * second on a day, or while a draft waits, finds the round made.
 *
 * @returns how many rounds were made
 */
export async function askTheSilent({ workspaceId = null }: { workspaceId?: number | null } = {}): Promise<number> {
  const { rows } = await db.rawQuery(
    `select t.workspace_id, t.id as topic_id, coalesce(t.sunset_days, (w.settings #>> '{sunset,days}')::int) as days,
       to_char(now() at time zone 'UTC', 'YYYY-MM-DD') as round_on, clock_timestamp() as now
     from topics t join workspaces w on w.id = t.workspace_id
     where t.archived_at is null and coalesce(t.sunset_days, (w.settings #>> '{sunset,days}')::int) > 0
       and t.workspace_id = coalesce(?, t.workspace_id)
       and not exists (select from reconfirmations r where r.workspace_id = t.workspace_id and r.topic_id = t.id and r.kind = 'sunset'
         and (r.round_on = (now() at time zone 'UTC')::date or r.state = 'draft'))
     order by t.workspace_id, t.id limit 500`,
    [workspaceId] as any[]
  )
  let rounds = 0
  for (const due of rows as Due[]) if (await askAbout(due)) rounds++
  return rounds
}

async function askAbout({
  workspace_id: workspaceId,
  topic_id: topicId,
  days,
  round_on: roundOn,
  now,
}: Due): Promise<boolean> {
  const workspace = await Workspace.findOrFail(workspaceId)
  const rules = sunsetOf(workspace)
  const silent = await silentNow({ workspaceId, topicId, channel: 'email', days, mails: rules.mails })
  if (silent.length === 0) return false
  return db.transaction(async (trx) => {
    const topic = await Topic.of(workspace, { client: trx }).where('id', topicId).forUpdate().firstOrFail()
    const made = { workspace_id: workspaceId, topic_id: topicId, round_on: roundOn }
    if (await trx.from('reconfirmations').where(made).first()) return false
    const free = await freeToAsk({ workspaceId, contactIds: silent, trx })
    if (free.length === 0) return false
    await ask({ workspace, topic, rules, roundOn, now, silent: free, trx })
    return true
  })
}

/** Lot by lot, each a statement of its own: who reacts meanwhile is asked once more than needed, and no more. */
async function silentNow(question: SunsetQuestion): Promise<number[]> {
  const silent: number[] = []
  for (let after: number | null = 0; after !== null && silent.length < MOST_A_DAY;) {
    const lot: { contactIds: number[]; next: number | null } = await silentInLot(question, {
      after,
      most: LOT,
      client: db,
    })
    silent.push(...lot.contactIds)
    after = lot.next
  }
  return silent.slice(0, MOST_A_DAY)
}

async function ask({
  workspace,
  topic,
  rules,
  roundOn,
  now,
  silent,
  trx,
}: {
  workspace: Workspace
  topic: Topic
  rules: SunsetRules
  roundOn: string
  now: Date
  silent: number[]
  trx: TransactionClientContract
}) {
  const { answer_days: answerDays, reminds, needs_approval: waits } = rules
  const { asks, campaign } = await draftQuestion({
    workspace,
    kind: 'sunset',
    topic,
    plan: {
      topicId: topic.id,
      silence: 'rest',
      answerDays,
      remindAfterDays: reminds ? Math.max(3, Math.floor(answerDays / 2)) : null,
    },
    roundOn,
    values: waits ? {} : { status: 'scheduled', scheduledAt: DateTime.fromJSDate(now) },
    actor: theSystem,
    trx,
  })
  await trx.rawQuery(
    `insert into reconfirmation_people (workspace_id, reconfirmation_id, contact_id, topic_id)
     select ?, ?, unnest(?::bigint[]), ?`,
    [workspace.id, asks.id, silent, topic.id] as any[]
  )
  if (waits) await tellOfWaitingRound(campaign, { people: silent.length, trx })
}
