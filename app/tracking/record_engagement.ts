import db from '@adonisjs/lucid/services/db'
import { mayBeMeasured } from '#consent'
import { keptDays } from '#identity'
import { GroupCommit } from '#platform'
import type { Reader } from './reader_urls.ts'
import type { Verdict } from './verdict.ts'

export interface Engagement extends Reader, Verdict {
  month: string
  kind: 'open' | 'click'
  linkNo: number | null
  method: string
  userAgent: string
  ipHash: Buffer
  at: Date
}

const log = new GroupCommit<Engagement>(write)

/** Returns when it is stored: what a door answered is never lost. */
export const recordEngagement = (engagement: Engagement): Promise<void> => log.add(engagement)

/**
 * One statement for everything that waited. Time's rules are applied here: within 2 s of acceptance or delivery, or
 * one of 3 different links within 2 s, it was a machine; earlier clicks of such a burst are judged again. Of whom nothing may
 * be noted now, whatever their mail carries, nothing is (CNIL 2026-042): a no holds for old mails, too, and so does erasure.
 * Nor is anything of a campaign whose readers are not kept any more (kept.ts). Reads `messages` and `shipments`, which
 * delivery owns.
 */
async function write(engagements: Engagement[]) {
  await db.rawQuery(WRITE, [JSON.stringify(engagements.map(asRow))])
}

const asRow = (engagement: Engagement) => ({
  workspace_id: engagement.workspaceId,
  month: engagement.month,
  campaign_id: engagement.campaignId,
  contact_id: engagement.contactId,
  kind: engagement.kind,
  link_no: engagement.linkNo,
  verdict: engagement.verdict,
  rule: engagement.rule,
  method: engagement.method,
  user_agent: engagement.userAgent.slice(0, 300),
  ip_hash: `\\x${engagement.ipHash.toString('hex')}`,
  occurred_at: engagement.at.toISOString(),
})

/** Who a reader has become: merged people are who they were merged into. Whoever is not there any more said nothing. */
const WHO = `
  left join lateral (
    with recursive life as (
      select c.workspace_id, c.id, c.merged_into, c.email_hash, c.erased_at, 0 as step from contacts c
      where c.workspace_id = f.workspace_id and c.id = f.contact_id
      union all
      select n.workspace_id, n.id, n.merged_into, n.email_hash, n.erased_at, l.step + 1
      from life l join contacts n on n.workspace_id = l.workspace_id and n.id = l.merged_into where l.step < 20
    )
    select id, email_hash, erased_at from life order by step desc limit 1
  ) who on true`

const MEASURED = mayBeMeasured({
  settings: 'w.settings',
  workspace: 'f.workspace_id',
  contact: 'coalesce(who.id, f.contact_id)',
  emailHash: 'who.email_hash',
})

const WRITE = `
  with fresh as materialized (
    select f.* from jsonb_to_recordset(?::jsonb) as f(
      workspace_id bigint, month date, campaign_id bigint, contact_id bigint, kind text, link_no int,
      verdict text, rule text, method text, user_agent text, ip_hash bytea, occurred_at timestamptz)
    join workspaces w on w.id = f.workspace_id
    left join shipments s on s.workspace_id = f.workspace_id and s.campaign_id = f.campaign_id ${WHO}
    where who.erased_at is null and ${MEASURED}
      and (s.finished_at is null or s.finished_at > now() - make_interval(days => ${keptDays('engagements', 'w.settings')}))
  ), readers as (
    select workspace_id, month, campaign_id, contact_id, min(occurred_at) as first_at, max(occurred_at) as last_at
    from fresh where kind = 'click' group by 1, 2, 3, 4
  ), clicks as (
    select workspace_id, campaign_id, contact_id, link_no, occurred_at from fresh where kind = 'click'
    union all
    select e.workspace_id, e.campaign_id, e.contact_id, e.link_no, e.occurred_at
    from readers r
    join engagements e on e.workspace_id = r.workspace_id and e.month = r.month and e.contact_id = r.contact_id
      and e.campaign_id = r.campaign_id and e.kind = 'click'
      and e.occurred_at between r.first_at - interval '2 seconds' and r.last_at + interval '2 seconds'
  ), bursts as (
    select b.workspace_id, b.campaign_id, b.contact_id, b.occurred_at as began_at
    from clicks b
    join clicks c using (workspace_id, campaign_id, contact_id)
    where c.occurred_at between b.occurred_at and b.occurred_at + interval '2 seconds'
    group by 1, 2, 3, 4
    having count(distinct c.link_no) >= 3
  ), judged_again as (
    update engagements e set verdict = 'machine', rule = 'burst'
    from bursts b join readers r using (workspace_id, campaign_id, contact_id)
    where e.workspace_id = b.workspace_id and e.month = r.month and e.contact_id = b.contact_id
      and e.campaign_id = b.campaign_id and e.kind = 'click' and e.verdict <> 'machine'
      and e.occurred_at between b.began_at and b.began_at + interval '2 seconds'
  )
  insert into engagements (workspace_id, month, campaign_id, contact_id, kind, link_no, verdict, rule, method,
    user_agent, ip_hash, occurred_at)
  select f.workspace_id, f.month, f.campaign_id, f.contact_id, f.kind, f.link_no,
    case when f.verdict <> 'machine' and (t.burst or t.too_fast) then 'machine' else f.verdict end,
    case when f.verdict = 'machine' then f.rule when t.burst then 'burst' when t.too_fast then 'too_fast' else f.rule end,
    f.method, f.user_agent, f.ip_hash, f.occurred_at
  from fresh f
  left join messages m on m.workspace_id = f.workspace_id and m.month = f.month and m.campaign_id = f.campaign_id
    and m.contact_id = f.contact_id
  cross join lateral (
    select
      f.kind = 'click' and exists (
        select from bursts b where b.workspace_id = f.workspace_id and b.campaign_id = f.campaign_id
          and b.contact_id = f.contact_id
          and f.occurred_at between b.began_at and b.began_at + interval '2 seconds') as burst,
      coalesce(f.occurred_at < coalesce(m.delivered_at, m.accepted_at) + interval '2 seconds', false) as too_fast
  ) t`
