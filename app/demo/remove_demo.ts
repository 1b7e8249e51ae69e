import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { audit, type Actor } from '#identity'
import { touch } from '#platform'

/**
 * Takes the Blue Door Bakery out again: exactly what was planted, in one transaction. What the team made its own since
 * (a demo topic used by a campaign of theirs, a demo tag on a contact of theirs) stays and becomes theirs.
 */
export async function removeDemo({ workspace, actor }: { workspace: { id: number }; actor: Actor }) {
  await db.transaction(async (trx) => {
    const bind = { workspace: workspace.id }
    await keepWhatIsUsed(trx, bind)
    for (const statement of removals) await trx.rawQuery(statement, bind)
    await audit('demo.removed', {
      workspaceId: workspace.id,
      actor,
      subject: { type: 'workspace', id: workspace.id },
      trx,
    })
    await touch(trx, workspace.id, ['everything'])
  })
}

const demoPeople = 'select id from contacts where workspace_id = :workspace and demo'
const demoCampaigns = 'select id from campaigns where workspace_id = :workspace and demo'

/** Demo things that the team's own things hold on to lose the mark. */
async function keepWhatIsUsed(trx: TransactionClientContract, bind: { workspace: number }) {
  for (const statement of [
    `update topics t set demo = false where workspace_id = :workspace and demo and (
       exists (select from campaigns c where c.workspace_id = t.workspace_id and c.topic_id = t.id and not c.demo)
       or exists (select from consents s where s.workspace_id = t.workspace_id and s.topic_id = t.id and s.contact_id not in (${demoPeople})))`,
    `update tags t set demo = false where workspace_id = :workspace and demo and exists (
       select from contact_tags ct where ct.workspace_id = t.workspace_id and ct.tag_id = t.id and ct.contact_id not in (${demoPeople}))`,
    `update contact_fields f set demo = false where workspace_id = :workspace and demo and exists (
       select from contacts c where c.workspace_id = f.workspace_id and not c.demo and jsonb_exists(c.attributes, f.key))`,
    `update forms f set demo = false where workspace_id = :workspace and demo and (
       exists (select from form_submissions s where s.workspace_id = f.workspace_id and s.form_id = f.id and not s.demo)
       or exists (select from form_versions v where v.workspace_id = f.workspace_id and v.form_id = f.id and not v.demo))`,
    `update topics t set demo = false where workspace_id = :workspace and demo and exists (
       select from forms f join form_versions v on v.workspace_id = f.workspace_id and v.form_id = f.id and v.version = f.version
        where f.workspace_id = t.workspace_id and not f.demo and v.definition->'topic_ids' @> to_jsonb(t.id))`,
    `update segments s set demo = false where workspace_id = :workspace and demo and exists (
       select from campaigns c where c.workspace_id = s.workspace_id and not c.demo and c.audience->'segment_ids' @> to_jsonb(s.id::text))`,
  ]) {
    await trx.rawQuery(statement, bind)
  }
}

/** In an order in which nothing is left without what it points to. The ledger of people who never were may go (0003). */
const removals = [
  `delete from engagements where workspace_id = :workspace and campaign_id in (${demoCampaigns})`,
  `delete from links where workspace_id = :workspace and campaign_id in (${demoCampaigns})`,
  `delete from messages where workspace_id = :workspace and campaign_id in (${demoCampaigns})`,
  `delete from batches where workspace_id = :workspace and campaign_id in (${demoCampaigns})`,
  `delete from exclusions where workspace_id = :workspace and campaign_id in (${demoCampaigns})`,
  `delete from shipments where workspace_id = :workspace and demo`,
  `delete from campaigns where workspace_id = :workspace and demo`,
  `delete from editions where workspace_id = :workspace and demo`,
  `delete from segments where workspace_id = :workspace and demo`,
  `delete from suppressions where workspace_id = :workspace and source = 'demo'`,
  `delete from contact_tags where workspace_id = :workspace and contact_id in (${demoPeople})`,
  `delete from consents where workspace_id = :workspace and contact_id in (${demoPeople})`,
  `delete from rests where workspace_id = :workspace and contact_id in (${demoPeople})`,
  `delete from reconfirmation_people where workspace_id = :workspace and contact_id in (${demoPeople})`,
  `delete from form_submissions where workspace_id = :workspace and demo`,
  'select remove_demo_ledger(:workspace)',
  `delete from forms where workspace_id = :workspace and demo`,
  `delete from contacts where workspace_id = :workspace and demo`,
  `delete from tags where workspace_id = :workspace and demo`,
  `delete from contact_fields where workspace_id = :workspace and demo`,
  `delete from topics where workspace_id = :workspace and demo`,
]
