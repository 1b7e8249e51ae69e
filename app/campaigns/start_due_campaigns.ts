import { DateTime } from 'luxon'
import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { hasLostItsWay, holdAfterRestore } from '#delivery'
import { sendingOf, tellTeam, theSystem, Workspace } from '#identity'
import { Problem, Setbacks, type WorkerLoop } from '#platform'
import { appUrl } from '#config/app'
import { changeCampaign } from './change_campaign.ts'
import { CampaignInOtherState } from './errors.ts'
import { Campaign } from './models/campaign.ts'
import { RecurringCampaign } from './models/recurring_campaign.ts'
import { tellOfQuestion } from './reconfirming/tell_of_question.ts'
import { settleOccurrence } from './recurring/record_occurrence.ts'
import { tellOfOccurrence } from './recurring/tell_of_occurrence.ts'
import { sendCampaign } from './send_campaign.ts'

interface Due {
  id: number
  workspace_id: number
  scheduled_at: Date
  /** By the database's clock. */
  now: Date
}

/**
 * Sends what is due. A campaign that may not start becomes a draft again and says why. So does one that is much too
 * late, because nothing ran then, or that was due before a backup was restored: whether it still makes sense, a person decides.
 * One that fails in a way that nobody foresaw is tried again while the others start, and after five times a draft, too.
 *
 * @returns how many were due
 */
export async function startDueCampaigns({ workspaceId = null }: { workspaceId?: number | null } = {}): Promise<number> {
  const { rows } = await db.rawQuery(
    `select id, workspace_id, scheduled_at, clock_timestamp() as now from campaigns
     where status = 'scheduled' and scheduled_at <= now() and deleted_at is null and workspace_id = coalesce(?, workspace_id)
       and id <> all(?::bigint[])
     order by scheduled_at limit 50`,
    [workspaceId, setbacks.resting] as any[]
  )
  if (rows.length === 0) return 0
  const heldAt = await holdAfterRestore()
  for (const due of rows as Due[]) await startOne(due, heldAt)
  return rows.length
}

const setbacks = new Setbacks<number>('campaign')
const HOPELESS = 5

async function startOne(due: Due, heldAt: Date | null) {
  const failures = await setbacks.guard(due.id, () => start(due, heldAt))
  if (failures < HOPELESS) return
  const workspace = await Workspace.findOrFail(due.workspace_id)
  await holdBack(
    { workspace, id: due.id, actor: theSystem },
    'Something failed that nobody foresaw; who runs this installation finds it in its log. Look at the campaign, then send it.'
  )
}

async function start({ id, workspace_id: workspaceId, scheduled_at: at, now }: Due, heldAt: Date | null) {
  const workspace = await Workspace.findOrFail(workspaceId)
  const asked = { workspace, id, actor: theSystem }
  try {
    const moment = DateTime.fromJSDate(at, { zone: workspace.timezone })
    const isLate = moment < DateTime.fromJSDate(now).minus({ hours: sendingOf(workspace).late_hours })
    const said = moment.toFormat('d LLLL yyyy, HH:mm ZZZZ')
    if (isLate) {
      return await holdBack(
        asked,
        `It was due on ${said}, while nothing was running here. Send it now or choose another time.`
      )
    }
    if (heldAt && at <= heldAt) {
      return await holdBack(
        asked,
        `It was due on ${said}, before this database was moved or restored from a backup: it may have left already. Look there before you send it.`
      )
    }
    const { topicId } = await Campaign.of(workspace).findOrFail(id)
    if (topicId !== null && (await hasLostItsWay({ workspaceId, topicId }))) {
      return await holdBack(
        asked,
        'No mail provider is connected any more, so everybody would only get it in the Outbox. Connect one, then send it.'
      )
    }
    await sendCampaign({ ...asked, isScheduled: true })
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    if (error instanceof CampaignInOtherState) return
    await holdBack(asked, error.message)
  }
}

/** Another worker, or a person, may have been faster: then there is nothing to hold back. */
async function holdBack(asked: Parameters<typeof changeCampaign>[0], why: string) {
  try {
    await changeCampaign(
      asked,
      { from: ['scheduled'], action: 'campaign.held_back', but: '' },
      async (campaign, trx) => {
        const at = campaign.scheduledAt!
        campaign.merge({
          status: 'draft',
          scheduledAt: null,
          timing: {},
          notice: `It was not sent as scheduled. ${why}`,
        })
        if (campaign.recurringId) await holdBackOccurrence(campaign, { why, trx })
        else if (campaign.reconfirmationId) await tellOfQuestion(campaign, { why, trx })
        else await tellOfCampaign(campaign, { at, why, trx })
        return { why }
      }
    )
  } catch (error) {
    if (!(error instanceof CampaignInOtherState)) throw error
  }
}

/** Nobody sits before the screen when its hour comes. */
const tellOfCampaign = (
  { workspaceId, id, name }: Campaign,
  { at, why, trx }: { at: DateTime; why: string; trx: TransactionClientContract }
) =>
  tellTeam({
    workspaceId,
    key: `held-back-${id}-${at.toMillis()}`,
    subject: `“${name}” was not sent`,
    lead: `The campaign “${name}” was to leave by itself and did not: ${why} Nobody got it.`,
    action: { label: 'Look at it', url: `${appUrl}/w/${workspaceId}/campaigns/${id}` },
    note: 'You get this because you are responsible for this workspace.',
    trx,
  })

/** An occurrence's calendar knows of it, too. */
async function holdBackOccurrence(campaign: Campaign, { why, trx }: { why: string; trx: TransactionClientContract }) {
  const recurring = await RecurringCampaign.of({ id: campaign.workspaceId }, { client: trx }).findOrFail(
    campaign.recurringId!
  )
  await settleOccurrence(campaign, { outcome: 'held_back', note: why, trx })
  await tellOfOccurrence('held_back', { recurring, campaign, why, trx })
}

/** Looks every second: a campaign starts when its minute begins. */
export const campaignClock: WorkerLoop = {
  name: 'due-campaigns',
  async run({ signal, idle }) {
    while (!signal.aborted) {
      await startDueCampaigns()
      await idle(1_000)
    }
  },
}
