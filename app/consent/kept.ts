import db from '@adonisjs/lucid/services/db'
import type { Kept } from '#platform'

/** SQL over e (an entry): what it says about came to its end before then, and nothing newer stands in its place. */
const endedBefore = (then: string) => `exists (
  select from consents k where k.workspace_id = e.workspace_id and k.contact_id = e.contact_id and k.channel = e.channel
    and k.topic_id = e.topic_id and e.recorded_at < ${then} and k.since < ${then}
    and (k.status <> 'granted' or k.expires_at < ${then}))`

/**
 * Network addresses and programs in the ledger. They are part of the proof while an agreement stands, and for years after it
 * ended. The entry stays, and its hash holds: it covers them by a salted digest.
 */
export const keptProofOrigins: Kept = {
  async look({ workspaceId, days, by, client = db }) {
    const { rows } = await client.rawQuery(
      `select count(*) as kept, min(e.recorded_at) as oldest,
         count(*) filter (where ${endedBefore('cast(:by as timestamptz) - make_interval(days => :days)')}) as due
       from consent_entries e where e.workspace_id = :workspaceId and (e.ip is not null or e.user_agent is not null)`,
      { workspaceId, days, by: by.toISOString() }
    )
    return { kept: Number(rows[0].kept), oldest: rows[0].oldest, due: Number(rows[0].due) }
  },
  async forget({ workspaceId, days, limit, trx }) {
    const { rows } = await trx.rawQuery(
      'select forget_consent_origins(?, now() - make_interval(days => ?), ?) as forgotten',
      [workspaceId, days, limit]
    )
    const forgotten = Number(rows[0].forgotten)
    return { forgotten, after: forgotten < limit ? null : [] }
  },
}
