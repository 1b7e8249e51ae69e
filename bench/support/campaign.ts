import db from '@adonisjs/lucid/services/db'
import { Workspace, theSystem } from '#identity'
import { Topic, recordConsent } from '#consent'
import { peopleWhere } from '#contacts'
import { compileEdition, freezeEdition } from '#content'
import { freezeAudience } from '#delivery'
import { asOwner } from './as_owner.ts'
import { sender } from './letter.ts'

/** A bakery with this many people who agreed, and the letter that they are to get. */
export async function plantBakery({ people }: { people: number }) {
  const workspace = await Workspace.create({ name: 'Blue Door Bakery', postalAddress: '1 Harbour Street, Bristol' })
  await workspace.refresh()
  const topic = await Topic.create({ workspaceId: workspace.id, name: 'Weekly specials' })
  await plantPeople({ workspace, topicId: topic.id, people })
  return { workspace, topic }
}

/** So many people of a workspace, who all agreed to a topic. What their planting leaves to be tidied is tidied. */
export async function plantPeople({
  workspace,
  topicId,
  people,
}: {
  workspace: Workspace
  topicId: number
  people: number
}) {
  await db.rawQuery(
    `insert into contacts (workspace_id, email, email_key, email_hash, first_name, last_name, attributes)
     select ?, 'p' || n || '@people.test', 'p' || n || '@people.test', sha256(n::text::bytea), 'Person ' || n, 'Baker', '{"city": "Bristol"}'
     from generate_series(1, ?) as n`,
    [workspace.id, people]
  )
  await db.transaction((trx) =>
    recordConsent({
      workspaceId: workspace.id,
      people: { sql: 'select id as contact_id from contacts where workspace_id = ?', bindings: [workspace.id] },
      channel: 'email',
      topicId,
      action: 'grant',
      basis: 'consent_express',
      statement: 'Yes.',
      source: 'benchmark',
      sourceKind: 'team',
      actor: theSystem,
      trx,
    })
  )
  await asOwner('vacuum analyze')
}

export type Bakery = Awaited<ReturnType<typeof plantBakery>>

export const editionOf = ({ workspace, topic }: Bakery, html: string) =>
  compileEdition({
    workspace: { name: workspace.name, postalAddress: workspace.postalAddress, timezone: 'UTC', locale: 'en' },
    topicName: topic.name,
    from: sender,
    replyTo: null,
    subject: 'Fresh bread, {{ contact.first_name }}',
    preheader: 'On Friday',
    content: { kind: 'html', source: html },
    tracking: { opens: true, clicks: true },
  })

let campaigns = 1_000_000

/** Freezes a campaign to everyone: from now on workers send it. */
export function freezeCampaign({ workspace, topic }: Bakery, edition: ReturnType<typeof compileEdition>) {
  return db.transaction(async (trx) => {
    const id = await freezeEdition({ workspaceId: workspace.id, edition, source: {}, trx })
    const began = performance.now()
    const { campaignId, mailable } = await freezeAudience({
      workspace,
      campaignId: campaigns++,
      topicId: topic.id,
      channel: 'email',
      people: peopleWhere(workspace.id),
      edition: { id },
      actor: theSystem,
      trx,
    })
    return { campaignId, mailable, ms: performance.now() - began }
  })
}
