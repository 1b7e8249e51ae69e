import { DateTime } from 'luxon'
import db from '@adonisjs/lucid/services/db'
import { closeReconfirmation, Reconfirmation } from '#consent'
import { holdAfterRestore } from '#delivery'
import { wordsIn } from '#forms'
import { theSystem, Workspace } from '#identity'
import { touch, type WorkerLoop } from '#platform'
import { createCampaign, writtenIn } from '../keep_campaign.ts'
import { Campaign } from '../models/campaign.ts'

interface Due {
  workspace_id: number
  id: number
  /** By the database's clock. */
  now: Date
}

/** Looks every five seconds whom to remind and whose time for answers is over. */
export const reconfirmationClock: WorkerLoop = {
  name: 'reconfirmations',
  async run({ signal, idle }) {
    while (!signal.aborted) {
      await remindTheSilent()
      await closeDueReconfirmations()
      await idle(5_000)
    }
  },
}

/**
 * The one reminder, to those who got the question and have not answered: a campaign like any, scheduled for now. None when everybody
 * answered, or less than a day is left.
 *
 * @returns how many were due
 */
export async function remindTheSilent({ workspaceId = null }: { workspaceId?: number | null } = {}): Promise<number> {
  const { rows } = await db.rawQuery(
    `select r.workspace_id, r.id, clock_timestamp() as now from reconfirmations r
     where r.state = 'asking' and r.reminded_at is null and r.opened_at + make_interval(days => r.remind_after_days) <= now()
       and r.answers_until > now() + interval '1 day' and r.workspace_id = coalesce(?, r.workspace_id)
       and not exists (select from shipments s where s.workspace_id = r.workspace_id and s.campaign_id = r.campaign_id and s.finished_at is null)
     order by r.opened_at limit 50`,
    [workspaceId] as any[]
  )
  for (const due of rows as Due[]) await remind(due)
  return rows.length
}

/** Whoever comes second waits for the lock and finds that it was done. */
async function remind({ workspace_id: workspaceId, id, now }: Due) {
  const workspace = await Workspace.findOrFail(workspaceId)
  await db.transaction(async (trx) => {
    const asks = await Reconfirmation.of(workspace, { client: trx }).where('id', id).forUpdate().first()
    if (!asks || asks.state !== 'asking' || asks.remindedAt) return
    asks.remindedAt = DateTime.fromJSDate(now)
    const waits = await trx
      .from('reconfirmation_people')
      .where({ workspace_id: workspaceId, reconfirmation_id: id, state: 'chosen' })
      .first()
    if (waits) {
      const question = await Campaign.of(workspace, { client: trx }).findOrFail(asks.campaignId!)
      const reminding = (subject: string, language: string | null) =>
        wordsIn([language, workspace.locale]).t('question.mail_reminder', { subject }).slice(0, 500)
      const reminder = await createCampaign({
        workspace,
        actor: theSystem,
        values: {
          ...writtenIn(question),
          name: `${question.name.slice(0, 180)} (reminder)`,
          subject: reminding(question.subject, question.language),
          letters: Object.fromEntries(
            Object.entries(question.letters).map(([language, words]) => [
              language,
              { ...words, subject: reminding(words.subject, language) },
            ])
          ),
          audience: { reconfirmation_id: String(id), part: 'reminder' },
          reconfirmationId: id,
          status: 'scheduled',
          scheduledAt: asks.remindedAt,
        },
        copiedFrom: question.id,
        trx,
      })
      asks.reminderId = reminder.id
    }
    await asks.useTransaction(trx).save()
    await touch(trx, workspaceId, ['reconfirmations', `reconfirmations/${id}`])
  })
}

/** @returns how many were due */
export async function closeDueReconfirmations({
  workspaceId = null,
}: { workspaceId?: number | null } = {}): Promise<number> {
  const { rows } = await db.rawQuery(
    `select r.workspace_id, r.id from reconfirmations r
     where r.state = 'asking' and r.answers_until <= now() and r.workspace_id = coalesce(?, r.workspace_id)
       and not exists (select from shipments s where s.workspace_id = r.workspace_id
         and s.campaign_id in (r.campaign_id, r.reminder_id) and s.finished_at is null)
     order by r.answers_until limit 50`,
    [workspaceId] as any[]
  )
  if (rows.length > 0) await holdAfterRestore()
  for (const { workspace_id: of, id } of rows as Due[]) await closeReconfirmation({ workspaceId: of, id })
  return rows.length
}
