import { BaseSchema } from '@adonisjs/lucid/schema'

/** What every module stands on: announcements, idempotency keys, counters, heartbeats. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table domain_events (
        id bigint generated always as identity primary key,
        workspace_id bigint not null,
        name text not null,
        payload jsonb not null,
        secret boolean not null default false,
        attempts int not null default 0,
        not_before timestamptz not null default now(),
        last_error text,
        created_at timestamptz not null default now(),
        dispatched_at timestamptz,
        dead_at timestamptz
      );
      create index domain_events_waiting on domain_events (not_before) where dispatched_at is null and dead_at is null;
      create index domain_events_dispatched on domain_events (dispatched_at) where dispatched_at is not null;

      create table idempotency_keys (
        workspace_id bigint not null,
        key text not null,
        request_hash text not null,
        status int,
        answer text,
        created_at timestamptz not null default now(),
        primary key (workspace_id, key)
      );
      create index idempotency_keys_age on idempotency_keys (created_at);

      -- Unlogged: they tell of the present only, and cost no disk flush.
      create unlogged table heartbeats (
        process_id text primary key,
        kind text not null,
        started_at timestamptz not null default now(),
        seen_at timestamptz not null default now()
      );

      create unlogged table rate_limits (
        key varchar(255) primary key,
        points int not null default 0,
        expire bigint
      );
    
`)
  }

  async down() {
    this.schema.raw(`

      drop table rate_limits, heartbeats, idempotency_keys, domain_events;
    `)
  }
}
