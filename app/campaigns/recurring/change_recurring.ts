import { DateTime } from 'luxon'
import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { audit, type Actor, type Workspace } from '#identity'
import { databaseNow, touch } from '#platform'
import { InvalidRecurring, RecurringInOtherState } from '../errors.ts'
import { Campaign } from '../models/campaign.ts'
import { RecurringCampaign, type RecurringState } from '../models/recurring_campaign.ts'
import { refuseUnlessReady } from '../send_campaign.ts'
import { occurrencesAfter } from './calendar.ts'
import { planFromNow } from './plan_next.ts'

export interface AskedOfRecurring {
  workspace: Workspace
  id: number | string
  actor: Actor
}

const inWords: Record<string, string> = { active: 'on', paused: 'paused', ended: 'at its end' }

/** One step in the life of a recurring campaign: locked, checked, changed, noted and told, in one transaction. */
export async function changeRecurring(
  { workspace, id, actor }: AskedOfRecurring,
  { from, action, but }: { from: RecurringState[]; action: string; but: string },
  change: (recurring: RecurringCampaign, trx: TransactionClientContract) => Promise<Record<string, unknown> | void>
): Promise<RecurringCampaign> {
  return db.transaction(async (trx) => {
    const recurring = await RecurringCampaign.present(workspace, { client: trx }).forUpdate().findOrFail(id)
    if (!from.includes(recurring.state as RecurringState)) {
      throw new RecurringInOtherState(`It is ${inWords[recurring.state]}. ${but}`, { state: recurring.state })
    }
    const details = (await change(recurring, trx)) ?? {}
    await recurring.merge({ updatedBy: actor.label }).save()
    await audit(action, {
      workspaceId: workspace.id,
      actor,
      subject: { type: 'recurring_campaign', id: recurring.id },
      details,
      trx,
    })
    await touch(trx, workspace.id, ['recurringCampaigns', `recurringCampaigns/${recurring.id}`])
    return recurring
  })
}

/** Its letter is reviewed like any campaign; from now on its occurrences are made. What was missed meanwhile is not made up for. */
export async function resumeRecurring(asked: AskedOfRecurring) {
  const { workspace, id } = asked
  const { state, modelId } = await RecurringCampaign.present(workspace).findOrFail(id)
  if (state === 'paused') await refuseUnlessReady(workspace, await Campaign.of(workspace).findOrFail(modelId))
  return changeRecurring(
    asked,
    { from: ['paused'], action: 'recurring_campaign.resumed', but: 'Only what is paused can go on.' },
    async (recurring, trx) => {
      recurring.state = 'active'
      await planFromNow(recurring, trx)
      if (!recurring.nextAt) {
        throw new InvalidRecurring('Its rule has no occurrence left. Change the rule, then go on.', { field: 'rule' })
      }
      return { next_at: recurring.nextAt.toUTC().toISO() }
    }
  )
}

/** No further occurrence is made. What was made already is a campaign of its own: it leaves unless it is unscheduled. */
export const pauseRecurring = (asked: AskedOfRecurring) =>
  changeRecurring(
    asked,
    { from: ['active'], action: 'recurring_campaign.paused', but: 'Only what is on can be paused.' },
    async (recurring, trx) => {
      recurring.state = 'paused'
      await planFromNow(recurring, trx)
    }
  )

/** For good: it makes no further occurrence, and stays for its history. */
export const endRecurring = (asked: AskedOfRecurring) =>
  changeRecurring(
    asked,
    { from: ['active', 'paused'], action: 'recurring_campaign.ended', but: 'It has ended before.' },
    async (recurring, trx) => {
      recurring.state = 'ended'
      await planFromNow(recurring, trx)
    }
  )

/** Leaves one occurrence out, or takes it in again. */
export const skipOccurrence = ({ at, isSkipped, ...asked }: AskedOfRecurring & { at: string; isSkipped: boolean }) =>
  changeRecurring(
    asked,
    {
      from: ['active', 'paused'],
      action: isSkipped ? 'recurring_campaign.skipped' : 'recurring_campaign.unskipped',
      but: 'Nothing comes any more.',
    },
    async (recurring, trx) => {
      const moment = DateTime.fromISO(at, { zone: 'utc' })
      const others = recurring.calendar.skipped!.filter((one) => one.getTime() !== moment.toMillis())
      const all = { ...recurring.calendar, skipped: [] }
      const isOne =
        moment.isValid &&
        moment > (await databaseNow(trx)) &&
        occurrencesAfter(all, moment.minus({ milliseconds: 1 }), 1)[0]?.toMillis() === moment.toMillis()
      if (!isOne) throw new InvalidRecurring('Nothing is to leave then. See `next` for what comes.', { field: 'at' })
      const made = { workspace_id: recurring.workspaceId, recurring_id: recurring.id, occurs_at: moment.toJSDate() }
      if (await trx.from('recurring_occurrences').where(made).first()) {
        throw new RecurringInOtherState('Its campaign is there already: unschedule or delete that one.', {
          state: recurring.state,
        })
      }
      if (isSkipped && others.length >= MOST_SKIPPED) {
        throw new InvalidRecurring('So many are skipped already: pause it instead.', { field: 'at' })
      }
      recurring.skipped = isSkipped ? [...others, moment.toJSDate()] : others
      await planFromNow(recurring, trx)
      return { at: moment.toISO() }
    }
  )

const MOST_SKIPPED = 100
