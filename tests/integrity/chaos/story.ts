import db from '@adonisjs/lucid/services/db'
import { Contact, eraseContact } from '#contacts'
import { theSystem } from '#identity'
import { kindOf } from '#app/delivery/providers/kinds'
import { sealCredentials, sealSecret } from '#app/delivery/providers/secrets'
import { randomBytes } from 'node:crypto'
import { freezeEdition } from '#content'
import { reviseShipment, type Shipment } from '#delivery'
import { acceptMessages } from '#app/delivery/service/accept_messages'
import { audience, connect, plantServer, freeze, letterOf, type Audience } from '#tests/support/campaign'
import { RECEIPT } from '#tests/support/service_mail'
import { record } from '#tests/support/consent'
import type { Plan } from './plan.ts'
import type { World } from './world.ts'

/** The campaign of a run, and what befell its people meanwhile. */
export interface Story {
  workspaceId: number
  /** Does every provider of this run remember keys? */
  hasKeys: boolean
  shipment: Shipment
  campaignId: number
  /** Who the campaign is for, with the address that each had at the beginning. */
  people: Map<number, string>
  /** When it was certain that they had left, by the database's clock. */
  left: Map<number, Date>
  erased: Set<number>
  pauses: { from: Date; to: Date }[]
  /** Pauses take turns: each is somebody's, who lets it go on again. */
  pausing: Promise<void>
  /** When it was certain that whoever still waits gets another letter. */
  revisions: { editionId: number; at: Date }[]
  /** Service mail that was taken to send meanwhile: id and address. */
  service: Map<string, string>
  leave(ids: number[]): Promise<void>
  erase(ids: number[]): Promise<void>
  /** While it stands still. */
  revise(): Promise<void>
  serve(mails: number): Promise<void>
  /** The mailbox provider of most readers takes so many a minute from now on. */
  slowDown(perMinute: number): Promise<void>
}

/** An audience of `plan.people`: some bounce, some complain, some are refused by the provider, some had left before. */
export async function plant(world: World, plan: Plan): Promise<{ begin(): Promise<Story> }> {
  const addresses = Array.from({ length: plan.people }, (_, no) => addressOf(no, plan))
  const { workspace, topic, ids, emails } = await audience({ addresses })
  const { account } = await connectBy(plan, workspace, world)
  await record(workspace, topic, ids.slice(0, 7), { action: 'withdraw' })
  if (plan.isTold) await tellUs(world, workspace.id)
  const story = {
    workspaceId: workspace.id,
    hasKeys: plan.by === 'resend' && !plan.hasFallback,
    people: new Map(ids.map((id, no) => [id, emails[no]])),
    left: new Map<number, Date>(),
    erased: new Set<number>(),
    pauses: [],
    pausing: Promise.resolve(),
    revisions: [] as Story['revisions'],
    service: new Map<string, string>(),
    async leave(those: number[]) {
      await record(workspace, topic, those, { action: 'withdraw' })
      await remember(those)
    },
    async erase(those: number[]) {
      for (const contactId of those) {
        await db.transaction(async (trx) => {
          const contact = await Contact.of(workspace, { client: trx }).findOrFail(contactId)
          if (!contact.erasedAt) await eraseContact({ contact, workspaceId: workspace.id, actor: theSystem, trx })
        })
        story.erased.add(contactId)
      }
      await remember(those)
    },
  }
  const begun = (shipment: Shipment) => ({
    async revise() {
      const editionId = await db.transaction(async (trx) => {
        const edition = letterOf({ workspace, topic, content: `Better bread, letter ${story.revisions.length + 2}.` })
        const id = await freezeEdition({ workspaceId: workspace.id, edition, source: {}, trx })
        await reviseShipment({
          workspaceId: workspace.id,
          shipmentId: shipment.id,
          editionId: id,
          letters: {},
          actor: theSystem,
          trx,
        })
        return id
      })
      story.revisions.push({ editionId, at: await databaseNow() })
    },
    async serve(mails: number) {
      const from = story.service.size
      const to = Array.from({ length: mails }, (_, no) => `service-${from + no}@${domainOf(plan)}`)
      const taken = await acceptMessages(
        workspace,
        to.map((address) => ({ ...RECEIPT, to: address, idempotency_key: address }))
      )
      for (const [no, { id }] of taken.entries()) story.service.set(id, to[no])
    },
    async slowDown(perMinute: number) {
      await db.rawQuery(
        `insert into domain_paces (account, domain, per_minute, last_deferral_at, cut_at, grown_at) values (?, ?, ?, now(), now(), now())
         on conflict (account, domain) do update set per_minute = excluded.per_minute, last_deferral_at = now()`,
        [account, domainOf(plan), perMinute]
      )
    },
  })
  async function remember(those: number[]) {
    const now = await databaseNow()
    for (const id of those) if (!story.left.has(id)) story.left.set(id, now)
  }
  return Object.assign(story, {
    async begin() {
      const frozen = await freeze({ workspace, topic, ...(plan.hasFirstWave && { pilotMinutes: () => 0 }) })
      return Object.assign(story, frozen, begun(frozen.shipment))
    },
  })
}

/** The others are asked by address alone: each run has addresses of its own. */
const domainOf = ({ by, seed }: Plan) => (by === 'resend' ? 'people.test' : `run${seed}.people.test`)

function addressOf(no: number, plan: Plan): string {
  const isRefused = plan.hasRefused && no % 487 === 300
  if (plan.by !== 'resend') return `${isRefused ? 'refused' : 'p'}${no}@${domainOf(plan)}`
  if (isRefused) return `p${no}@example.com` // refused by the provider, with the call it stands in
  if (no % 97 === 50) return `bounce+p${no}@people.test`
  if (no % 211 === 60) return `complain+p${no}@people.test`
  return `p${no}@people.test`
}

/** An account of the workspace's own at the provider of this run, which takes as many calls as it gets. */
async function connectBy({ by, seed, hasFallback }: Plan, workspace: Audience['workspace'], world: World) {
  if (by === 'resend') {
    const connected = await connect(workspace, { apiKey: world.apiKey })
    if (hasFallback) await plantServer(workspace, { port: world.ports.smtp, isFallback: true })
    return connected
  }
  const credentials = {
    smtp: { host: '127.0.0.1', port: world.ports.smtp, security: 'none' },
    ses: { access_key_id: `AKIACHAOS${seed}`, secret_access_key: 'chaos', region: 'eu-west-1' },
    postmark: { server_token: `chaos-${seed}` },
  }[by]
  const account = kindOf(by).account(credentials)
  await db.table('provider_accounts').insert({
    workspace_id: workspace.id,
    kind: by,
    name: by,
    credentials: sealCredentials(credentials),
    hint: by,
    account,
    webhook_key: randomBytes(12).toString('hex'),
  })
  await db.rawQuery('delete from rate_budgets where account = ?', [account])
  await db.table('rate_budgets').insert({ account, per_second: 500, remaining: 500 })
  return { account }
}

export const databaseNow = async (): Promise<Date> => (await db.rawQuery('select clock_timestamp() as now')).rows[0].now

async function tellUs(world: World, workspaceId: number) {
  const secret = `whsec_${randomBytes(24).toString('base64')}`
  const account = db.from('provider_accounts').where({ workspace_id: workspaceId })
  await account.clone().update({ webhook_secret: sealSecret('webhook_secret', secret) })
  const { webhook_key: key } = await account.clone().firstOrFail()
  await world.ask('/webhooks', { endpoint: `${await world.webUrl()}/webhooks/resend/${key}`, secret })
}
