import db from '@adonisjs/lucid/services/db'
import { aging, type Kept } from '#platform'

/** With which program somebody opened or clicked, and a keyed hash of the address from where. */
export const keptAgents = aging({
  table: 'engagements',
  key: { month: 'date', id: 'bigint' },
  at: 'r.occurred_at',
  holds: 'r.user_agent is not null or r.ip_hash is not null',
  forget: { set: 'user_agent = null, ip_hash = null' },
})

/**
 * Who opened and clicked what. So many days after a campaign has ended, its opens and clicks become nobody's: each reader of it
 * gets a number that leads to no contact and is used in this campaign alone, and times are told by the quarter of an hour. So
 * every report says what it said. A reader goes whole, so that a run that broke off does not count them twice; what comes
 * later is not noted any more (record_engagement.ts). Reads `shipments`, which delivery owns.
 */
export const keptEngagements: Kept = {
  async look({ workspaceId, days, by, client = db }) {
    const { rows } = await client.rawQuery(
      `select count(*) as kept, min(s.finished_at) as oldest,
         count(*) filter (where s.finished_at < ?::timestamptz - make_interval(days => ?)) as due
       from engagements e
       left join shipments s on s.workspace_id = e.workspace_id and s.campaign_id = e.campaign_id
       where e.workspace_id = ? and e.contact_id > 0`,
      [by.toISOString(), days, workspaceId]
    )
    return { kept: Number(rows[0].kept), oldest: rows[0].oldest, due: Number(rows[0].due) }
  },
  async forget({ workspaceId, days, limit, trx }) {
    const { rows } = await trx.rawQuery(
      `with readers as materialized (
         select distinct e.month, e.campaign_id, e.contact_id from engagements e
         join shipments s on s.workspace_id = e.workspace_id and s.campaign_id = e.campaign_id
         where e.workspace_id = :workspaceId and e.contact_id > 0 and s.finished_at < now() - make_interval(days => :days)
         limit :limit
       ), nobodies as materialized (
         select shuffled.*, -nextval('nobody_numbers') as nobody from (select * from readers order by random()) as shuffled
       ), forgotten as (
         update engagements e set contact_id = n.nobody, user_agent = null, ip_hash = null,
           occurred_at = date_bin('15 minutes', e.occurred_at, 'epoch')
         from nobodies n
         where e.workspace_id = :workspaceId and e.month = n.month and e.campaign_id = n.campaign_id and e.contact_id = n.contact_id
         returning 1
       )
       select (select count(*) from forgotten) as forgotten, (select count(*) from readers) as readers`,
      { workspaceId, days, limit }
    )
    return { forgotten: Number(rows[0].forgotten), after: Number(rows[0].readers) < limit ? null : [] }
  },
}
