import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { sendingOf, tellTeam, type Workspace } from '#identity'
import { databaseNow, touch } from '#platform'
import { appUrl } from '#config/app'
import { RecurringCampaign } from '../../models/recurring_campaign.ts'
import { planNext, startsAt } from '../plan_next.ts'
import { recordOccurrence } from '../record_occurrence.ts'
import { refreshFeed } from './refresh_feed.ts'

/** So long a worker has a feed for itself; longer than reading one may take. */
const BUSY_SECONDS = 120
const AGAIN_SECONDS = 300
/** Told when it could not be read so often in a row. */
const TELLING = 3

/**
 * Reads the feed of an occurrence that is due, one worker at a time, before anything is made of it. One that cannot be
 * read is tried again every five minutes, and when that has lasted too long this occurrence is left out: never an empty mail.
 *
 * @returns whether the occurrence can be made now; without a feed it always can
 */
export async function isFeedRead(workspace: Workspace, id: number): Promise<boolean> {
  const { rows } = await db.rawQuery(
    `update recurring_campaigns set busy_until = now() + make_interval(secs => ?)
     where workspace_id = ? and id = ? and feed_url is not null and (busy_until is null or busy_until <= now()) returning id`,
    [BUSY_SECONDS, workspace.id, id]
  )
  const recurring = await RecurringCampaign.of(workspace).findOrFail(id)
  if (!recurring.feedUrl) return true
  if (rows.length === 0) return false
  const trouble = await refreshFeed(recurring)
  if (trouble === null) return true
  await db.transaction((trx) => waitOrLeaveOut(id, { workspace, trouble, trx }))
  return false
}

async function waitOrLeaveOut(
  id: number,
  { workspace, trouble, trx }: { workspace: Workspace; trouble: string; trx: TransactionClientContract }
) {
  const recurring = await RecurringCampaign.of(workspace, { client: trx }).where('id', id).forUpdate().firstOrFail()
  if (recurring.state !== 'active' || !recurring.nextAt) return
  const occursAt = recurring.nextAt.setZone(recurring.timezone)
  const latest = startsAt(recurring, occursAt).plus({ hours: sendingOf(workspace).late_hours })
  const now = await databaseNow(trx)
  const isOver = latest <= now
  if (isOver) {
    await recordOccurrence(recurring, { occursAt, outcome: 'feed_failed', note: trouble, trx })
    planNext(recurring, occursAt)
  }
  recurring.busyUntil = isOver ? null : now.plus({ seconds: AGAIN_SECONDS })
  await recurring.save()
  if (isOver || recurring.feedFailures === TELLING) await tell(recurring, { trouble, isOver, trx })
  await touch(trx, workspace.id, ['recurringCampaigns', `recurringCampaigns/${id}`])
}

async function tell(
  { workspaceId, id, name, feedUrl, updatedAt }: RecurringCampaign,
  { trouble, isOver, trx }: { trouble: string; isOver: boolean; trx: TransactionClientContract }
) {
  await tellTeam({
    workspaceId,
    key: `feed-${isOver ? 'left-out' : 'failing'}-${id}-${updatedAt.toMillis()}`,
    subject: isOver ? `“${name}” was left out: its feed cannot be read` : `The feed of “${name}” cannot be read`,
    lead: `${feedUrl}: ${trouble} ${isOver ? 'This time nobody gets a mail; the next occurrence comes as planned.' : 'It is tried again every five minutes.'}`,
    action: { label: 'Look at it', url: `${appUrl}/w/${workspaceId}/campaigns/recurring/${id}` },
    note: 'You get this because you are responsible for this workspace.',
    trx,
  })
}
