import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { appUrl } from '#config/app'
import { tellTeam, type Workspace } from '#identity'
import { announce, touch } from '#platform'
import type { ShownForm } from '../sign_up/form_of_slug.ts'
import { keepSubmission, type Admission } from '../sign_up/keep_submission.ts'

/** So many wait for each form at most. */
export const MOST_WAITING = 1_000

/**
 * Keeps a doubtful sign-up for a person to judge. Of one address and form one waits, however often it was sent. When a form
 * has as many as it may have, the most doubtful one gives way, be it the new one: a flood fills no disk and pushes nobody out
 * who looks more like a person.
 */
export async function hold(visit: Admission): Promise<void> {
  const { form, trx } = visit
  const workspaceId = form.workspace.id
  await trx.rawQuery(`select pg_advisory_xact_lock(hashtextextended(?, 0))`, [`quarantine:${workspaceId}:${form.id}`])
  if (await isWaiting(visit)) return
  const waiting = await howManyWait(form, trx)
  if (waiting >= MOST_WAITING) {
    await trx.rawQuery(`update forms set turned_away = turned_away + 1 where workspace_id = ? and id = ?`, [
      workspaceId,
      form.id,
    ])
    if (!(await makeRoom(visit))) return
  }
  await keepSubmission(visit, { state: 'doubtful' })
  if (waiting === 0) await tell(form, trx)
  await touch(trx, workspaceId, ['quarantine', 'forms', `forms/${form.id}`])
}

/** The same address again: what it asks for, and what speaks against it, is added to what waits. */
async function isWaiting({ form, signUp: { topicIds }, doubts, hash, trx }: Admission): Promise<boolean> {
  const { rowCount } = await trx.rawQuery(
    `update form_submissions set times = times + 1, signals = signals || ?::jsonb, score = greatest(score, ?),
       topic_ids = array(select distinct unnest(topic_ids || ?::bigint[]) order by 1)
     where workspace_id = ? and email_hash = ? and form_id = ? and state = 'doubtful'`,
    [JSON.stringify(doubts.signals), doubts.score, topicIds, form.workspace.id, hash, form.id] as any[]
  )
  return rowCount > 0
}

async function howManyWait({ workspace, id }: ShownForm, trx: TransactionClientContract): Promise<number> {
  const { rows } = await trx.rawQuery(
    `select count(*) as waiting from form_submissions where workspace_id = ? and form_id = ? and state = 'doubtful'`,
    [workspace.id, id]
  )
  return rows[0].waiting
}

/** @returns false when the new one is the most doubtful of all */
async function makeRoom({ form, doubts, trx }: Admission): Promise<boolean> {
  const { rowCount } = await trx.rawQuery(
    `delete from form_submissions where workspace_id = ? and id = (
       select id from form_submissions where workspace_id = ? and form_id = ? and state = 'doubtful' and score > ?
       order by score desc, id limit 1)`,
    [form.workspace.id, form.workspace.id, form.id, doubts.score]
  )
  return rowCount > 0
}

/** The first one that waits: the team hears of it, at most once a day. */
async function tell(form: ShownForm, trx: TransactionClientContract) {
  const { workspace } = form
  await announce('sign_ups.waiting', { workspaceId: workspace.id, payload: { form_id: form.id }, trx })
  await tellTeam({
    workspaceId: workspace.id,
    key: `quarantine-${workspace.id}-${new Date().toISOString().slice(0, 10)}`,
    subject: 'Sign-ups wait for your decision',
    lead: `Somebody signed up by “${form.name}”, and it is not certain that it was a person. They get no mail until one of you looks.`,
    action: { label: 'Look at them', url: quarantineUrl(workspace) },
    note: 'You get this at most once a day, because you are responsible for this workspace.',
    trx,
  })
}

const quarantineUrl = ({ id }: Pick<Workspace, 'id'>) => `${appUrl}/w/${id}/forms/quarantine`
