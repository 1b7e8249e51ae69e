import { measuredUnder, strengthSql, THE_ENTRY } from '#consent'
import type { SqlPiece } from '#platform'
import type { Catalogue } from './catalogue.ts'
import { fieldSql, seenSql } from './field_sql.ts'
import type { Reading } from './node_sql.ts'
import type { ConsentLeaf, EventLeaf, Leaf, TagLeaf } from './rule.ts'
import { raw, sql } from './sql.ts'

/** What was received is what the provider took and nobody gave back. */
const RECEIVED = `('accepted', 'sent', 'delayed', 'delivered', 'complained')`

/** A leaf as a condition over alias `c` (contacts). */
export function leafSql(leaf: Leaf, catalogue: Catalogue, reading: Reading = 'certain'): SqlPiece {
  switch (leaf.kind) {
    case 'field':
      return fieldSql(leaf, catalogue)
    case 'tag':
      return sql`exists (${tagged(leaf, catalogue)})`
    case 'event':
      return reading === 'possible' && isReaction(leaf)
        ? sql`(${happened(leaf, catalogue)} or ${unknown(leaf, catalogue)})`
        : happened(leaf, catalogue)
    case 'consent':
      return consentSql(leaf, catalogue)
  }
}

/** What an explanation shows for a leaf, as JSON: the value, the tags, how often and when last, where consent stands. */
export function leafSeenSql(leaf: Leaf, catalogue: Catalogue): SqlPiece {
  switch (leaf.kind) {
    case 'field':
      return seenSql(leaf.field)
    case 'tag':
      return sql`(select coalesce(jsonb_agg(g.name order by g.name), '[]') from contact_tags ct join tags g
        on g.workspace_id = ct.workspace_id and g.id = ct.tag_id
        where ct.workspace_id = ${catalogue.workspaceId} and ct.contact_id = c.id)`
    case 'event':
      return sql`(select jsonb_build_object('times', count(*), 'last_at', max(at)) from
        (select ${raw(momentOf(leaf))} as at ${eventsOfContact(leaf, catalogue)}) e)`
    case 'consent':
      return sql`(select to_jsonb(coalesce((select ${statusNow(catalogue)} ${standing(leaf, catalogue)}), 'none')))`
  }
}

const tagged = ({ tag }: TagLeaf, { workspaceId }: Catalogue) =>
  sql`select 1 from contact_tags ct where ct.workspace_id = ${workspaceId} and ct.contact_id = c.id and ct.tag_id =
    (select id from tags where workspace_id = ${workspaceId} and name_key = ${tag.trim().toLowerCase()})`

/**
 * Reads tables of modules below, on purpose and only by SELECT: `messages` (delivery) and `engagements` (tracking). An
 * opening counts unless a machine did it; a click counts only when a human did it. Repeated ones count each time.
 */
function events(leaf: EventLeaf, { workspaceId, now }: Catalogue): SqlPiece {
  const campaign = leaf.campaignId === null ? raw('') : sql` and campaign_id = ${leaf.campaignId}`
  const since =
    leaf.withinDays === null
      ? raw('')
      : sql` and ${raw(momentOf(leaf))} >= ${now.minus({ days: leaf.withinDays }).toUTC().toISO()!}::timestamptz`
  return sql`from ${raw(sourceOf[leaf.event].table)} where workspace_id = ${workspaceId} and ${raw(sourceOf[leaf.event].where)}${campaign}${since}`
}

const eventsOfContact = (leaf: EventLeaf, catalogue: Catalogue) => sql`${events(leaf, catalogue)} and contact_id = c.id`

const happened = (leaf: EventLeaf, catalogue: Catalogue) =>
  leaf.atLeast === 1
    ? sql`exists (select 1 ${eventsOfContact(leaf, catalogue)})`
    : sql`exists (select 1 from (${often(leaf, catalogue)}) k where k.contact_id = c.id)`

/** Whoever did it often enough: one pass over the events, which the planner joins instead of asking person by person. */
const often = (leaf: EventLeaf, catalogue: Catalogue) =>
  sql`select contact_id ${events(leaf, catalogue)} group by contact_id having count(*) >= ${leaf.atLeast}`

export const isReaction = ({ event }: EventLeaf) => event === 'opened' || event === 'clicked'

/**
 * It may have happened without our knowing: a mail that it is about was not measured, or its opens and clicks are not kept any
 * more, or the person is not to be measured now. "Any mail" reaches back as far as opens and clicks are kept.
 */
function unknown(leaf: EventLeaf, { workspaceId, now, tracking }: Catalogue): SqlPiece {
  const kept = now.minus({ days: tracking.keptDays })
  const begin = leaf.withinDays === null ? null : now.minus({ days: leaf.withinDays })
  const since = leaf.campaignId !== null ? null : begin && begin > kept ? begin : kept
  const mails = sql`exists (select 1 from messages m where m.workspace_id = ${workspaceId} and m.contact_id = c.id and m.state in ${raw(RECEIVED)}
    ${leaf.campaignId === null ? raw('') : sql` and m.campaign_id = ${leaf.campaignId}`}
    ${since === null ? raw('') : sql` and ${raw(MAIL_AT)} >= ${since.toUTC().toISO()!}::timestamptz`}`
  const measured = leaf.event === 'opened' ? raw('m.opens_measured') : raw('m.clicks_measured')
  const unmeasured = sql`${mails} and not (${measured} and ${raw(MAIL_AT)} >= ${kept.toUTC().toISO()!}::timestamptz))`
  if (!tracking.anyWords) return tracking.policy === 'unless_objected' ? unmeasured : sql`${mails})`
  const person = { workspace: 'c.workspace_id', contact: 'c.id', emailHash: 'c.email_hash' }
  return sql`(${unmeasured} or (not ${raw(measuredUnder(tracking.policy, person))} and ${mails})))`
}

const MAIL_AT = 'coalesce(m.accepted_at, m.sealed_at)'

/** SQL: the leaf may hold and may not hold. */
export const unknownSql = (leaf: EventLeaf, catalogue: Catalogue) =>
  sql`(not ${happened(leaf, catalogue)} and ${unknown(leaf, catalogue)})`

const sourceOf = {
  received: { table: 'messages', where: `state in ${RECEIVED}`, moment: 'coalesce(accepted_at, sealed_at)' },
  bounced: { table: 'messages', where: `state = 'bounced'`, moment: 'coalesce(ended_at, state_at)' },
  opened: { table: 'engagements', where: `kind = 'open' and verdict <> 'machine'`, moment: 'occurred_at' },
  clicked: { table: 'engagements', where: `kind = 'click' and verdict = 'human'`, moment: 'occurred_at' },
}

const momentOf = (leaf: EventLeaf) => sourceOf[leaf.event].moment

function consentSql(leaf: ConsentLeaf, catalogue: Catalogue): SqlPiece {
  if (leaf.status === 'none') return sql`not exists (select 1 ${standing(leaf, catalogue)})`
  const proof = leaf.proof ? sql` and ${provenSo(leaf.proof, leaf, catalogue)}` : raw('')
  return sql`exists (select 1 ${standing(leaf, catalogue)} and ${statusNow(catalogue)} = ${leaf.status}${proof})`
}

/** A set of people, so that the planner may ask for all at once: the ledger is beside where each stands. */
const provenSo = (strength: string, { channel, topicId }: ConsentLeaf, { workspaceId }: Catalogue) =>
  sql`c.id in (select k.contact_id from consents k ${raw(THE_ENTRY)}
    where k.workspace_id = ${workspaceId} and k.channel = ${channel} and k.topic_id = ${topicId}
      and ${strengthSql(workspaceId)} = ${strength})`

const standing = ({ channel, topicId }: ConsentLeaf, { workspaceId }: Catalogue) =>
  sql`from consents s where s.workspace_id = ${workspaceId} and s.contact_id = c.id and s.channel = ${channel} and s.topic_id = ${topicId}`

/** "Expired" is what a grant has become by now; it is never stored. */
const statusNow = ({ now }: Catalogue) =>
  sql`(case when s.status = 'granted' and s.expires_at <= ${now.toUTC().toISO()!}::timestamptz then 'expired' else s.status end)`
