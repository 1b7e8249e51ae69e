import { DateTime } from 'luxon'
import db from '@adonisjs/lucid/services/db'
import { audit, isTimezone, type Actor, type Workspace } from '#identity'
import { CannotFetch, touch } from '#platform'
import { InvalidRecurring, RecurringInOtherState } from '../errors.ts'
import { createCampaign, writtenIn } from '../keep_campaign.ts'
import { Campaign } from '../models/campaign.ts'
import { RecurringCampaign } from '../models/recurring_campaign.ts'
import { occurrencesAfter, readRule } from './calendar.ts'
import { changeRecurring, type AskedOfRecurring } from './change_recurring.ts'
import { fetchFeed } from './feed/fetch_feed.ts'
import { takeRead } from './feed/take_read.ts'
import { planFromNow } from './plan_next.ts'

/** What people choose about it, beside its letter. */
export interface RecurringWish {
  name?: string
  rule?: string
  starts_on?: string
  local_time?: string
  timezone?: string
  at_readers_time?: boolean
  over_hours?: number | null
  notice_hours?: number
  needs_approval?: boolean
  /** RSS, Atom or JSON Feed, and how many of its items a mail holds at most; null: none. */
  feed?: { url: string; most?: number } | null
}

/**
 * A recurring campaign, paused until somebody lets it begin, and the draft that is its letter: a copy of a campaign, or
 * a new one.
 *
 * @throws InvalidRecurring
 */
export async function createRecurring({
  workspace,
  actor,
  wish,
  campaignId,
}: {
  workspace: Workspace
  actor: Actor
  wish: RecurringWish & { name: string; rule: string }
  campaignId?: number
}): Promise<RecurringCampaign> {
  const values = valuesOf(
    {
      starts_on: DateTime.now()
        .setZone(wish.timezone ?? workspace.timezone)
        .toISODate()!,
      timezone: workspace.timezone,
      ...wish,
    },
    null
  )
  const feedValues = await feedOf(wish, { workspace, before: null })
  const original = campaignId === undefined ? null : await Campaign.present(workspace).findOrFail(campaignId)
  return db.transaction(async (trx) => {
    const model = await createCampaign({
      workspace,
      actor,
      values: { ...(original ? writtenIn(original) : wish.feed ? DIGEST : {}), name: wish.name, isModel: true },
      trx,
    })
    const recurring = await RecurringCampaign.create(
      {
        ...values,
        ...feedValues,
        workspaceId: workspace.id,
        modelId: model.id,
        createdBy: actor.label,
        updatedBy: actor.label,
      },
      { client: trx }
    )
    await model.merge({ recurringId: recurring.id }).save()
    await recurring.refresh()
    await audit('recurring_campaign.created', {
      workspaceId: workspace.id,
      actor,
      subject: { type: 'recurring_campaign', id: recurring.id },
      details: { rule: recurring.rule },
      trx,
    })
    await touch(trx, workspace.id, ['recurringCampaigns'])
    return recurring
  })
}

/** Changes when and how: for what comes next; what was made already stays as it is. */
export async function updateRecurring({ wish, ...asked }: AskedOfRecurring & { wish: RecurringWish }) {
  const feedValues = await feedOf(wish, {
    workspace: asked.workspace,
    before: await RecurringCampaign.present(asked.workspace).findOrFail(asked.id),
  })
  return changeRecurring(
    asked,
    {
      from: ['active', 'paused'],
      action: 'recurring_campaign.updated',
      but: 'Duplicate it to begin again.',
    },
    async (recurring, trx) => {
      recurring.merge({ ...valuesOf(wish, recurring), ...feedValues })
      await planFromNow(recurring, trx)
      if (recurring.state === 'ended') {
        throw new InvalidRecurring('This rule has no occurrence to come.', { field: 'rule' })
      }
      if (wish.name) {
        const model = { workspace_id: recurring.workspaceId, id: recurring.modelId }
        await trx.from('campaigns').where(model).update({ name: wish.name })
      }
      return { changed: Object.keys(wish) }
    }
  )
}

/** Goes, with its letter; what it made stays. `restoreRecurring` brings it back, paused. */
export const deleteRecurring = (asked: AskedOfRecurring) =>
  changeRecurring(
    asked,
    { from: ['active', 'paused', 'ended'], action: 'recurring_campaign.deleted', but: '' },
    async (recurring, trx) => {
      recurring.merge({ deletedAt: DateTime.utc(), state: 'paused' })
      await planFromNow(recurring, trx)
      const model = { workspace_id: recurring.workspaceId, id: recurring.modelId }
      await trx.from('campaigns').where(model).update({ deleted_at: new Date() })
    }
  )

export async function restoreRecurring({ workspace, id, actor }: AskedOfRecurring): Promise<RecurringCampaign> {
  return db.transaction(async (trx) => {
    const recurring = await RecurringCampaign.of(workspace, { client: trx }).forUpdate().findOrFail(id)
    if (recurring.deletedAt === null) throw new RecurringInOtherState('It is not deleted.')
    await recurring.merge({ deletedAt: null }).save()
    await trx
      .from('campaigns')
      .where({ workspace_id: workspace.id, id: recurring.modelId })
      .update({ deleted_at: null })
    await audit('recurring_campaign.restored', {
      workspaceId: workspace.id,
      actor,
      subject: { type: 'recurring_campaign', id: recurring.id },
      trx,
    })
    await touch(trx, workspace.id, ['recurringCampaigns', `recurringCampaigns/${recurring.id}`])
    return recurring
  })
}

/** What a letter over a feed begins with. */
const DIGEST: Partial<Campaign> = {
  subject: '{{ feed.items[0].title }}',
  content: {
    kind: 'markdown',
    source: `{% for item in feed.items %}
## [{{ item.title }}]({{ item.url }})

{% if item.image %}![{{ item.title }}]({{ item.image }}){% endif %}

{{ item.summary }}

{% endfor %}`,
  },
}

/** Another feed is read at once, so that what is wrong with it is told now. Asked before anything is locked. */
async function feedOf(
  { feed: wished }: RecurringWish,
  { workspace, before }: { workspace: Workspace; before: RecurringCampaign | null }
): Promise<Partial<RecurringCampaign>> {
  if (wished === undefined) return {}
  if (wished === null)
    return { feedUrl: null, feed: null, feedEtag: null, feedModified: null, feedError: null, feedFailures: 0 }
  const most = wished.most === undefined ? {} : { feedMost: wished.most }
  if (wished.url === before?.feedUrl) return most
  await takeRead(workspace.id)
  try {
    const read = (await fetchFeed(wished.url))!
    return {
      ...most,
      feedUrl: wished.url,
      feed: read.feed,
      feedEtag: read.etag,
      feedModified: read.modified,
      feedReadAt: DateTime.utc(),
      feedError: null,
      feedFailures: 0,
    }
  } catch (error) {
    if (!(error instanceof CannotFetch)) throw error
    throw new InvalidRecurring(`This feed cannot be used. ${error.message}`, { field: 'feed.url' })
  }
}

/** Checked together: a rule is good only with its day, its time and its zone. */
function valuesOf(wish: RecurringWish, before: RecurringCampaign | null): Partial<RecurringCampaign> {
  const { name, starts_on: startsOn, timezone, over_hours: overHours } = wish
  if (timezone !== undefined && !isTimezone(timezone)) {
    throw new InvalidRecurring('Choose a time zone of the IANA list, such as Europe/Vienna.', { field: 'timezone' })
  }
  if (startsOn !== undefined && !DateTime.fromISO(startsOn).isValid) {
    throw new InvalidRecurring('starts_on is not a day such as 2026-12-01.', { field: 'starts_on' })
  }
  const values = {
    name,
    rule: wish.rule === undefined ? undefined : readRule(wish.rule),
    startsOn: startsOn === undefined ? undefined : DateTime.fromISO(startsOn, { zone: 'utc' }),
    localTime: wish.local_time ?? (before ? undefined : '09:00'),
    timezone,
    atReadersTime: wish.at_readers_time,
    overHours,
    noticeHours: wish.notice_hours,
    needsApproval: wish.needs_approval,
  }
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
  const whole = { ...(before?.$attributes ?? { noticeHours: 0, needsApproval: false }), ...given } as RecurringCampaign
  refuseUnlessItComes(whole)
  if (whole.needsApproval && !(whole.noticeHours > 0)) {
    throw new InvalidRecurring('Say how many hours before the team is asked for its approval.', {
      field: 'notice_hours',
    })
  }
  return given as Partial<RecurringCampaign>
}

function refuseUnlessItComes({ rule, startsOn, localTime: time, timezone }: RecurringCampaign) {
  const day = startsOn.toISODate()!
  const [first] = occurrencesAfter({ rule, startsOn: day, time, timezone }, startsOn.minus({ days: 2 }), 1)
  if (!first || first > DateTime.utc().plus({ years: 10 })) {
    throw new InvalidRecurring('No day fits this rule. Look at its days and months.', { field: 'rule' })
  }
}
