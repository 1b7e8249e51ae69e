import { DateTime } from 'luxon'
import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { InvalidTemplate } from '#content'
import { sendingOf, theSystem, Workspace } from '#identity'
import { databaseNow, Setbacks, touch, type WorkerLoop } from '#platform'
import { createCampaign, writtenIn } from '../keep_campaign.ts'
import { Campaign } from '../models/campaign.ts'
import { RecurringCampaign } from '../models/recurring_campaign.ts'
import { occurrencesAfter } from './calendar.ts'
import { isFeedRead } from './feed/is_feed_read.ts'
import { newItems, rememberItems } from './feed/new_items.ts'
import type { FeedItem } from './feed/read_feed.ts'
import { feedScope, withFeed } from './feed/with_feed.ts'
import { recordOccurrence, type Outcome } from './record_occurrence.ts'
import { lapseUnapproved } from './lapse_unapproved.ts'
import { planNext, startsAt } from './plan_next.ts'
import { tellOfOccurrence } from './tell_of_occurrence.ts'

interface Due {
  workspace_id: number
  id: number
}

/** Looks every second, beside the clock that starts what is scheduled: this one may wait for somebody's feed. */
export const recurringClock: WorkerLoop = {
  name: 'recurring-campaigns',
  async run({ signal, idle }) {
    while (!signal.aborted) {
      await makeDueOccurrences()
      await idle(1_000)
    }
  },
}

/**
 * Makes the campaigns that are due: each a copy of its recurring campaign's letter, scheduled for its moment, or a draft
 * that waits for approval. From there it is a campaign like any: reviewed, frozen, sent, accounted for by itself.
 *
 * @returns how many were due
 */
export async function makeDueOccurrences({
  workspaceId = null,
}: { workspaceId?: number | null } = {}): Promise<number> {
  await lapseUnapproved({ workspaceId })
  const { rows } = await db.rawQuery(
    `select workspace_id, id from recurring_campaigns
     where state = 'active' and due_at <= now() and deleted_at is null and workspace_id = coalesce(?, workspace_id)
       and (busy_until is null or busy_until <= now()) and id <> all(?::bigint[])
     order by due_at limit 50`,
    [workspaceId, setbacks.resting] as any[]
  )
  for (const due of rows as Due[]) await setbacks.guard(due.id, () => makeNext(due))
  return rows.length
}

const setbacks = new Setbacks<number>('recurring_campaign')

/** Whoever comes second waits for the lock and finds another moment due; the key of the occurrences says the same. */
async function makeNext({ workspace_id: workspaceId, id }: Due) {
  const workspace = await Workspace.findOrFail(workspaceId)
  if (!(await isFeedRead(workspace, id))) return
  await db.transaction(async (trx) => {
    const recurring = await RecurringCampaign.present(workspace, { client: trx }).where('id', id).forUpdate().first()
    const now = await databaseNow(trx)
    if (!recurring || recurring.state !== 'active' || !recurring.dueAt || recurring.dueAt > now) return
    const occursAt = recurring.nextAt!.setZone(recurring.timezone)
    if (isMissed(recurring, { workspace, now })) {
      await recordOccurrence(recurring, { occursAt, outcome: 'late', note: 'Nothing was running here then.', trx })
    } else {
      await make(recurring, { workspace, occursAt, trx })
    }
    recurring.busyUntil = null
    planNext(recurring, occursAt)
    await recurring.save()
    await touch(trx, workspaceId, ['recurringCampaigns', `recurringCampaigns/${id}`])
  })
}

/** Too late, and another one is due as well: only the last that was missed becomes a campaign, which asks before it leaves. */
function isMissed(recurring: RecurringCampaign, { workspace, now }: { workspace: Workspace; now: DateTime }): boolean {
  const late = now.minus({ hours: sendingOf(workspace).late_hours })
  if (startsAt(recurring, recurring.nextAt!) >= late) return false
  const [following] = occurrencesAfter(recurring.calendar, recurring.nextAt!, 1)
  return following !== undefined && startsAt(recurring, following) <= now
}

async function make(
  recurring: RecurringCampaign,
  { workspace, occursAt, trx }: { workspace: Workspace; occursAt: DateTime; trx: TransactionClientContract }
) {
  const items = recurring.feedUrl ? await newItems(recurring, trx) : null
  if (items?.length === 0) return void (await recordOccurrence(recurring, { occursAt, outcome: 'nothing_new', trx }))
  const model = await Campaign.of(workspace, { client: trx }).findOrFail(recurring.modelId)
  const { words, trouble } = wordsFor(recurring, { model, items, workspace })
  const outcome = trouble ? 'held_back' : recurring.needsApproval ? 'waits' : 'made'
  if (!(await recordOccurrence(recurring, { occursAt, outcome, note: trouble, trx }))) return
  const day = occursAt.setLocale(workspace.locale).toLocaleString(DateTime.DATE_MED)
  const campaign = await createCampaign({
    workspace,
    actor: theSystem,
    values: {
      ...writtenIn(model),
      ...words,
      name: `${recurring.name.slice(0, 170)}, ${day}`,
      recurringId: recurring.id,
      occursAt,
      timing: timingOf(recurring, occursAt),
      ...beginning(outcome, { recurring, occursAt, trouble }),
    },
    copiedFrom: model.id,
    trx,
  })
  await recordOccurrence(recurring, { occursAt, outcome, campaignId: campaign.id, trx })
  if (items) await rememberItems(recurring, { items, campaignId: campaign.id, trx })
  if (trouble || recurring.noticeHours > 0) {
    await tellOfOccurrence(outcome, { recurring, campaign, why: trouble ?? '', trx })
  }
}

/** The letter's words, with the feed's in them; a letter that cannot be made of the feed stays as it is, and does not leave. */
function wordsFor(
  recurring: RecurringCampaign,
  { model, items, workspace }: { model: Campaign; items: FeedItem[] | null; workspace: Workspace }
): { words: Partial<Campaign>; trouble: string | null } {
  if (!items) return { words: {}, trouble: null }
  try {
    return { words: withFeed(model, { feed: feedScope(recurring, items), workspace }), trouble: null }
  } catch (error) {
    if (!(error instanceof InvalidTemplate)) throw error
    return { words: {}, trouble: error.message }
  }
}

function beginning(
  outcome: Outcome,
  { recurring, occursAt, trouble }: { recurring: RecurringCampaign; occursAt: DateTime; trouble: string | null }
): Partial<Campaign> {
  if (trouble) return { notice: `It was not sent as scheduled. ${trouble}` }
  if (outcome === 'waits') return { notice: 'It waits for somebody to approve it. Without that it is not sent.' }
  return { status: 'scheduled', scheduledAt: startsAt(recurring, occursAt).toUTC() }
}

const timingOf = ({ atReadersTime, overHours }: RecurringCampaign, occursAt: DateTime) => ({
  ...(atReadersTime ? { local_time: occursAt.toFormat("yyyy-MM-dd'T'HH:mm") } : {}),
  ...(overHours ? { over_hours: overHours } : {}),
})
