import { randomBytes } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import { resendAccount, smtpAccount, type SmtpServer } from '#channels'
import { peopleWhere } from '#contacts'
import { compileEdition, freezeEdition } from '#content'
import { freezeAudience, receipt, shipmentProgress, type Shipment } from '#delivery'
import { theSystem, type Workspace } from '#identity'
import { sealCredentials } from '#app/delivery/providers/secrets'
import { plantPeople, plantTopic, record } from './consent.ts'
import { bakery } from './workspace.ts'
import { setEnvironment } from './environment.ts'

let campaigns = Math.floor(Date.now() / 1_000) * 1_000

/** So many people of the Blue Door Bakery who agreed to its weekly specials, and a key of its own at the provider. */
export async function audience({ people = 3, addresses }: { people?: number; addresses?: string[] } = {}) {
  const { workspace, token } = await bakery()
  const topic = await plantTopic(workspace)
  const emails = addresses ?? Array.from({ length: people }, (_, no) => `p${no}@people.test`)
  const ids = await plantPeople(workspace, emails)
  await db.rawQuery(
    `update contacts set first_name = 'P' || id, attributes = '{"city": "Bristol"}' where workspace_id = ?`,
    [workspace.id]
  )
  await record(workspace, topic, ids)
  return { workspace, token, topic, ids, emails }
}

export type Audience = Awaited<ReturnType<typeof audience>>

/** Gives a workspace a key of its own; where it leads says RESEND_BASE_URL. */
export async function connect(workspace: Workspace, { apiKey = `re_${randomBytes(9).toString('hex')}` } = {}) {
  await db.from('provider_accounts').where({ workspace_id: workspace.id }).delete()
  await db.table('provider_accounts').insert({
    workspace_id: workspace.id,
    kind: 'resend',
    name: 'Resend',
    credentials: sealCredentials({ api_key: apiKey }),
    hint: 're_…',
    account: resendAccount(apiKey),
    webhook_key: randomBytes(12).toString('hex'),
  })
  return { apiKey, account: resendAccount(apiKey) }
}

const LETTER =
  'Hello {{ contact.first_name | default: "friend" }} of {{ contact.city }}, [fresh bread](https://bakery.test/bread).'

/** Gives a workspace a mail server of its own, as the last in its order. */
export function connectServer(workspace: Workspace, server: { port: number; isFallback?: boolean }) {
  setEnvironment({ ALLOW_PRIVATE_ADDRESSES: 'true' })
  return plantServer(workspace, server)
}

/** The same, for who sees to it that servers next to us are allowed. */
export async function plantServer(
  workspace: Workspace,
  { port, isFallback = false }: { port: number; isFallback?: boolean }
) {
  const credentials = { host: '127.0.0.1', port, security: 'none' }
  const account = smtpAccount({ server: credentials as SmtpServer, mayBePrivate: true })
  await db.table('provider_accounts').insert({
    workspace_id: workspace.id,
    kind: 'smtp',
    name: 'Own server',
    credentials: sealCredentials(credentials),
    hint: '127.0.0.1',
    account,
    position: 9,
    is_fallback: isFallback,
    webhook_key: randomBytes(12).toString('hex'),
  })
  return { account }
}

/** A letter of the bakery, compiled. */
export const letterOf = ({
  workspace,
  topic,
  content = LETTER,
}: Pick<Audience, 'workspace' | 'topic'> & { content?: string }) =>
  compileEdition({
    workspace: {
      name: workspace.name,
      postalAddress: workspace.postalAddress,
      timezone: workspace.timezone,
      locale: workspace.locale,
    },
    topicName: topic.name,
    from: { name: 'Blue Door Bakery', email: 'news@bakery.test' },
    replyTo: null,
    subject: 'Fresh bread, {{ contact.first_name }}',
    preheader: 'On Friday',
    content: { kind: 'markdown', source: content },
    tracking: { opens: true, clicks: true },
  })

/** A campaign as campaigns makes it: edition and audience frozen in one transaction. */
export async function freeze({
  workspace,
  topic,
  content,
  delaySeconds,
  pilotMinutes,
  timing,
}: Pick<Audience, 'workspace' | 'topic'> & {
  content?: string
  delaySeconds?: number
  pilotMinutes?: () => number | null
  timing?: { isEngagedFirst?: boolean }
}): Promise<{ shipment: Shipment; campaignId: number }> {
  const campaignId = ++campaigns
  const edition = letterOf({ workspace, topic, content })
  const shipment = await db.transaction(async (trx) => {
    const id = await freezeEdition({ workspaceId: workspace.id, edition, source: { content }, trx })
    return freezeAudience({
      workspace,
      campaignId,
      topicId: topic.id,
      channel: 'email',
      people: peopleWhere(workspace.id),
      edition: { id },
      actor: theSystem,
      delaySeconds,
      pilotMinutes,
      timing,
      trx,
    })
  })
  return { shipment, campaignId }
}

export const progressOf = async (shipment: Shipment) =>
  (await shipmentProgress({ workspaceId: shipment.workspaceId, campaignId: shipment.campaignId }))!

export const receiptOf = async (shipment: Shipment) =>
  (await receipt({ workspaceId: shipment.workspaceId, campaignId: shipment.campaignId }))!

/** What became of the mail to one of an audience. */
export const messageOf = ({ workspace, ids }: Pick<Audience, 'workspace' | 'ids'>, no: number) =>
  db.from('messages').where({ workspace_id: workspace.id, contact_id: ids[no] }).first()

/** Lets leases, waits and pauses of a shipment be over, as if time had passed. */
export async function letTimePass(shipment: Shipment) {
  const { workspaceId: w, id } = shipment
  await db.rawQuery(
    `update batches set lease_until = case when lease_until is null then null else now() end, not_before = now()
     where workspace_id = ? and shipment_id = ? and state in ('queued', 'leased', 'sealed')`,
    [w, id]
  )
  await db.rawQuery(
    `update rate_budgets set paused_until = null, quota_until = null, window_ends_at = now()
     where account in (select account from provider_accounts where workspace_id = ?)`,
    [w]
  )
}
