import db from '@adonisjs/lucid/services/db'
import { cancelShipment, pauseShipment, resumeShipment, retryFailed, sendAllOf } from '#delivery'
import { theSystem } from '#identity'
import { audience, connect, freeze, letTimePass, progressOf } from './campaign.ts'
import { type ChaosRule, theProvider } from './stand_in.ts'

/** A campaign to so many people through a stand-in, not sent yet. */
export async function waitingCampaign({
  people = 250,
  addresses,
  rules = [],
  ...options
}: { people?: number; addresses?: string[]; rules?: ChaosRule[]; [option: string]: any } = {}) {
  const server = await theProvider(options)
  const story = await audience({ people, addresses })
  const { account } = await connect(story.workspace)
  const frozen = await freeze(story)
  server.chaos(rules)
  const change = { workspaceId: story.workspace.id, shipmentId: frozen.shipment.id, actor: theSystem }
  return {
    ...story,
    ...frozen,
    server,
    account,
    /** Sends what is due now, again and again, until the campaign has ended or `rounds` are over. */
    async send({ rounds = 1 } = {}) {
      for (let round = 0; round < rounds; round++) {
        await sendAllOf({ workspaceId: story.workspace.id })
        if ((await progressOf(frozen.shipment)).finished_at) return
        if (round + 1 < rounds) await letTimePass(frozen.shipment)
      }
    },
    pause: () => db.transaction((trx) => pauseShipment({ ...change, trx })),
    resume: () => db.transaction((trx) => resumeShipment({ ...change, trx })),
    cancel: () => db.transaction((trx) => cancelShipment({ ...change, trx })),
    retry: () => db.transaction((trx) => retryFailed({ ...change, trx })),
    ledger: () => server.ledger('c', String(frozen.campaignId)),
    announced: async (name: string) =>
      (await db.from('domain_events').where({ workspace_id: story.workspace.id, name })).map((event) => event.payload),
  }
}

export const perPerson = (ledger: Record<string, number>) => [...new Set(Object.values(ledger))]
