import { aging } from '#platform'

/** Doubtful sign-ups that nobody judged, and rejected ones. */
export const keptDoubtful = aging({
  table: 'form_submissions',
  key: { id: 'bigint' },
  at: 'coalesce(r.judged_at, r.created_at)',
  holds: `r.state in ('doubtful', 'rejected')`,
  forget: 'delete',
})

/** Sign-ups that nobody confirmed; the ledger keeps that they were asked for, the form how many. */
export const keptUnconfirmed = aging({
  table: 'form_submissions',
  key: { id: 'bigint' },
  at: `case r.state when 'pending' then r.expires_at else r.created_at end`,
  holds: `r.state in ('pending', 'repeated', 'suppressed')`,
  forget: 'delete',
  carry: ['form_id', 'mailed_at', 'created_at'],
  also: [
    `update forms f set forgotten_asked = forgotten_asked + g.asked, forgotten_last_at = greatest(forgotten_last_at, g.last_at)
     from (select workspace_id, form_id, count(mailed_at) as asked, max(created_at) as last_at from due group by 1, 2) g
     where f.workspace_id = g.workspace_id and f.id = g.form_id`,
  ],
})

/** From where somebody signed up and confirmed; the ledger has it as long as it proves something. */
export const keptFormOrigins = aging({
  table: 'form_submissions',
  key: { id: 'bigint' },
  at: 'coalesce(r.confirmed_at, r.created_at)',
  holds: `r.state <> 'pending' and num_nonnulls(r.ip, r.user_agent, r.confirmed_ip, r.confirmed_agent) > 0`,
  forget: { set: 'ip = null, user_agent = null, confirmed_ip = null, confirmed_agent = null' },
})
