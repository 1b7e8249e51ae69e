import db from '@adonisjs/lucid/services/db'
import { applyEvents, resumeShipment, sendAllOf } from '#delivery'
import { theSystem } from '#identity'
import { audience, freeze, letTimePass, progressOf } from './campaign.ts'

/** A campaign that waits in a workspace whose mail leaves by an account that was set up through the door. */
export async function providerCampaign({
  client,
  people = 3,
  account,
}: {
  client: any
  people?: number
  account: { kind: string; credentials: object }
}) {
  const story = await audience({ people })
  const provider = (await client.post('/api/v1/providers').bearerToken(story.token).json(account)).body()
  const frozen = await freeze(story)
  const of = { workspace_id: story.workspace.id }
  const messages = () => db.from('messages').where(of).orderBy('contact_id')
  return {
    ...story,
    ...frozen,
    provider,
    async send({ rounds = 1 } = {}) {
      for (let round = 0; round < rounds; round++) {
        await sendAllOf({ workspaceId: story.workspace.id })
        if ((await progressOf(frozen.shipment)).finished_at) return
        if (round + 1 < rounds) await letTimePass(frozen.shipment)
      }
    },
    resume: () =>
      db.transaction((trx) =>
        resumeShipment({ workspaceId: story.workspace.id, shipmentId: frozen.shipment.id, actor: theSystem, trx })
      ),
    messages,
    states: async () => (await messages()).map(({ state }) => state),
    suppressed: async () =>
      (await db.from('suppressions').where(of).orderBy('address')).map(({ address, reason }) => [address, reason]),
    events: () => db.from('provider_events').where(of).orderBy('id'),
    apply: () => applyEvents({ workspaceId: story.workspace.id }),
  }
}
