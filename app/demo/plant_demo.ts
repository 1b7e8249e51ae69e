import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { compileEdition, freezeEdition } from '#content'
import { audit, type Actor, type Workspace } from '#identity'
import { Problem, refreshStatistics, touch } from '#platform'
import { pastCampaigns, type PastCampaign } from './past_campaigns.ts'
import { pastSend } from './past_sends.ts'
import { bakeryPeople, citiesInReach } from './people.ts'
import { plantCampaign } from './plant_campaign.ts'
import { plantForm } from './plant_form.ts'
import { plantLedger } from './plant_ledger.ts'
import { plantPeople } from './plant_people.ts'
import { seeded } from './random.ts'
import { standsOn } from './stands_on.ts'
import { declarations, type TopicKey } from './stands.ts'

const PEOPLE = 5_000
const SEED = 1847

/** The planner meets these tables for the first time on a fresh install; without figures it picks plans for empty ones. */
const PLANTED =
  'contacts contact_tags consents consent_entries consent_chains suppressions messages engagements batches exclusions links'.split(
    ' '
  )

export class DemoIsLoaded extends Problem {
  static status = 409
  static code = 'E_DEMO_LOADED'
}

const topics: Record<TopicKey, { name: string; description: string }> = {
  specials: { name: 'Weekly specials', description: 'What comes out of the oven this week.' },
  classes: { name: 'Baking classes', description: 'New dates, before they are on the site.' },
  news: { name: 'News from the harbour', description: 'When something changes at the Blue Door.' },
}

const segments = [
  {
    name: 'Regulars in Bristol',
    rule: { all: [{ field: 'attributes.city', op: 'eq', value: 'Bristol' }, { tag: 'regular' }] },
  },
  {
    name: 'Sourdough people who visit often',
    rule: {
      all: [
        { field: 'attributes.favourite', op: 'eq', value: 'Sourdough' },
        { field: 'attributes.visits', op: 'gte', value: 10 },
      ],
    },
  },
  {
    name: 'Everyone in reach of the shop',
    rule: { any: citiesInReach.map((value) => ({ field: 'attributes.city', op: 'eq', value })) },
  },
]

/**
 * Plants the Blue Door Bakery: 5,000 people with their declarations, three topics, three segments, a form with
 * sign-ups, and six past campaigns with what became of every mail, over five months. One transaction; `removeDemo` takes exactly this out.
 *
 * @throws DemoIsLoaded when it is there already
 */
export async function plantDemo({ workspace, actor }: { workspace: Workspace; actor: Actor }) {
  const random = seeded(SEED)
  const now = Date.now()
  return db.transaction(async (trx) => {
    await refuseSecondDemo(trx, workspace.id)
    const people = bakeryPeople(PEOPLE, random)
    const topicIds = await plantTopics(trx, workspace.id)
    const contactIds = await plantPeople(trx, { workspaceId: workspace.id, people, now })
    const said = declarations(people, random)
    await plantLedger(trx, { workspaceId: workspace.id, contactIds, topicIds, declarations: said, now })
    await plantForm(trx, { workspace, people, contactIds, topicIds, said, now })
    const [everyone] = (await plantSegments(trx, workspace.id)).slice(-1)
    const suppressed = new Map<number, string>()
    for (const campaign of pastCampaigns) {
      const edition = await plantEdition(trx, workspace, campaign, topics[campaign.topic].name)
      const stands = standsOn(campaign.topic, { people, contactIds, said })
      const send = pastSend(campaign, stands, { linkCount: edition.links.length, suppressed, random, now })
      const campaignId = await plantCampaignRow(trx, {
        workspaceId: workspace.id,
        campaign,
        topicId: topicIds[campaign.topic],
        editionId: edition.id,
        segmentId: everyone,
        workspace,
        at: send.startedAt,
      })
      const shipmentId = await plantCampaign(trx, {
        workspaceId: workspace.id,
        campaignId,
        topicId: topicIds[campaign.topic],
        editionId: edition.id,
        links: edition.links,
        send,
      })
      await trx
        .from('campaigns')
        .where({ workspace_id: workspace.id, id: campaignId })
        .update({ shipment_id: shipmentId })
    }
    await refreshStatistics(Object.fromEntries(PLANTED.map((table) => [table, 'all' as const])), trx)
    await audit('demo.loaded', {
      workspaceId: workspace.id,
      actor,
      subject: { type: 'workspace', id: workspace.id },
      trx,
    })
    await touch(trx, workspace.id, ['everything'])
    return { contacts: people.length, topics: 3, segments: segments.length, campaigns: pastCampaigns.length }
  })
}

async function refuseSecondDemo(trx: TransactionClientContract, workspaceId: number) {
  await trx.rawQuery('select id from workspaces where id = ? for update', [workspaceId])
  const { rows } = await trx.rawQuery(
    'select exists (select from contacts where workspace_id = ? and demo) as loaded',
    [workspaceId]
  )
  if (rows[0].loaded) throw new DemoIsLoaded('The Blue Door Bakery is loaded already. Remove it first.')
}

/** The bakery's topics; one of the team's own with the same name keeps it, ours says that it is the demo's. */
async function plantTopics(trx: TransactionClientContract, workspaceId: number) {
  const ids = {} as Record<TopicKey, number>
  for (const [key, { name, description }] of Object.entries(topics)) {
    const { rows } = await trx.rawQuery(
      `insert into topics (workspace_id, name, description, public, double_opt_in, demo)
       select :workspaceId, case when exists (select from topics where workspace_id = :workspaceId and lower(name) = lower(:name) and archived_at is null)
         then :name || ' (demo)' else :name end, :description, true, true, true returning id`,
      { workspaceId, name, description }
    )
    ids[key as TopicKey] = rows[0].id
  }
  return ids
}

async function plantSegments(trx: TransactionClientContract, workspaceId: number): Promise<number[]> {
  const { rows } = await trx.rawQuery(
    `insert into segments (workspace_id, name, rule, demo)
     select :workspaceId, case when exists (select from segments x where x.workspace_id = :workspaceId and lower(x.name) = lower(s.name) and x.deleted_at is null)
       then s.name || ' (demo)' else s.name end, s.rule, true
       from jsonb_to_recordset(cast(:segments as jsonb)) as s (name text, rule jsonb) returning id`,
    { workspaceId, segments: JSON.stringify(segments) }
  )
  return rows.map(({ id }: { id: number }) => id)
}

const sender = { name: 'Blue Door Bakery', email: 'hello@bluedoor.test' }

async function plantEdition(
  trx: TransactionClientContract,
  workspace: Workspace,
  campaign: PastCampaign,
  topicName: string
) {
  const source = { kind: 'markdown' as const, source: campaign.source }
  const edition = compileEdition({
    workspace: {
      name: workspace.name,
      postalAddress: workspace.postalAddress ?? '1 Harbour Street, Bristol BS1 4RN, UK',
      timezone: workspace.timezone,
      locale: workspace.locale,
    },
    topicName,
    from: sender,
    replyTo: null,
    subject: campaign.subject,
    preheader: campaign.preheader,
    content: source,
    tracking: { opens: true, clicks: true },
  })
  const id = await freezeEdition({ workspaceId: workspace.id, edition, source: { content: source }, demo: true, trx })
  return { id, links: edition.links }
}

async function plantCampaignRow(
  trx: TransactionClientContract,
  {
    workspaceId,
    campaign,
    topicId,
    editionId,
    segmentId,
    at,
  }: {
    workspaceId: number
    campaign: PastCampaign
    topicId: number
    editionId: number
    segmentId: number
    workspace: Workspace
    at: Date
  }
): Promise<number> {
  const { rows } = await trx.rawQuery(
    `insert into campaigns (workspace_id, name, topic_id, audience, from_name, from_email, subject, preheader, content, status, edition_id,
       send_started_at, finished_at, created_by, updated_by, demo, created_at, updated_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'sent', ?, ?, ?, 'Ada', 'Ada', true, ?, ?) returning id`,
    [
      workspaceId,
      campaign.name,
      topicId,
      JSON.stringify({ segment_ids: [String(segmentId)] }),
      sender.name,
      sender.email,
      campaign.subject,
      campaign.preheader,
      JSON.stringify({ kind: 'markdown', source: campaign.source }),
      editionId,
      at,
      new Date(at.getTime() + 6 * 60_000),
      new Date(at.getTime() - 86_400_000),
      at,
    ]
  )
  return rows[0].id
}
