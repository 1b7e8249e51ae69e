/** After this its provider may be asked for the first time: by then its list has what it took. */
const FIRST_MINUTES = 5

/**
 * CTEs that follow `ended as (update … returning *)`, of calls that ended unconfirmed: their provider's own list is read for
 * them some minutes later (read_lists.ts). `only`: which of those that ended.
 */
export const doubted = (kind: 'batch' | 'service_message', only = 'true') => `
  doubted as (
    insert into doubts (workspace_id, account, call_kind, call_id, handed_over_at)
    select workspace_id, account, '${kind}', id, sealed_at from ended where account is not null and sealed_at is not null and ${only}
    on conflict do nothing
  ),
  readings as (
    insert into list_readings as r (workspace_id, account, next_at)
    select distinct workspace_id, account, statement_timestamp() + make_interval(mins => ${FIRST_MINUTES})
    from ended where account is not null and sealed_at is not null and ${only}
    on conflict (workspace_id, account) do update set rounds = 0, next_at = least(r.next_at, excluded.next_at)
  )`
