import db from '@adonisjs/lucid/services/db'
import { applyEvents, readDueList, sendAllOf, type Shipment } from '#delivery'
import { dispatchDueEvents } from '#platform'
import { listeners } from '#start/events'
import { letTimePass, messageOf } from './campaign.ts'
import { waitingCampaign } from './waiting_campaign.ts'
import type { ChaosRule } from './stand_in.ts'

/** The key is forgotten by now, and whoever is in doubt unconfirmed. */
export async function forgetKeys(shipment: Shipment) {
  const { workspaceId } = shipment
  await db.rawQuery(
    `update batches set sealed_at = now() - interval '23 hours 1 minute' where workspace_id = ? and state = 'sealed'`,
    [workspaceId]
  )
  await letTimePass(shipment)
  await sendAllOf({ workspaceId })
}

/** A campaign by the stand-in whose first call is left without an answer, for longer than its key lives. */
export async function inDoubt({
  people = 3,
  rules = [{ effect: 'drop_after_accept', times: 1 }],
  ...options
}: { people?: number; rules?: ChaosRule[]; [option: string]: any } = {}) {
  const story = await waitingCampaign({ people, rules, ...options })
  await story.send()
  await forgetKeys(story.shipment)
  story.server.chaos()
  return { ...story, ...reading(story.workspace.id), person: (no: number) => messageOf(story, no) }
}

/** What tests do with the lists that are read for a workspace. */
export function reading(workspaceId: number) {
  const of = { workspace_id: workspaceId }
  const hearAll = async () => {
    await db
      .from('domain_events')
      .where(of)
      .update({ not_before: new Date(0) })
    await dispatchDueEvents(listeners, { workspaceId })
  }
  return {
    readings: () => db.from('list_readings').where(of),
    doubts: () => db.from('doubts').where(of),
    /** The list is due, the account has calls enough, and all of it was given up so many minutes ago. */
    async letListBeDue({ minutes = 20 } = {}) {
      const ago = new Date(Date.now() - minutes * 60_000)
      await db
        .from('list_readings')
        .where(of)
        .update({ next_at: new Date(0), lease_until: null })
      await db
        .from('messages')
        .where({ ...of, state: 'unconfirmed' })
        .update({ ended_at: ago })
      await db
        .from('service_messages')
        .where({ ...of, state: 'unconfirmed' })
        .update({ ended_at: ago })
      await db.rawQuery(
        `update rate_budgets set per_second = 4000, remaining = 4000, kept_remaining = 1000, window_ends_at = now() + interval '1 hour', paused_until = null
         where account in (select account from list_readings where workspace_id = ?)`,
        [workspaceId]
      )
    },
    /** Reads what is due until nothing is, and works out what was found. */
    async readOn() {
      while (await readDueList({ workspaceId }));
      await applyEvents({ workspaceId })
      await hearAll()
    },
    /** Whatever was announced is heard. */
    hearAll,
  }
}
