import { BaseSchema } from '@adonisjs/lucid/schema'

/** What was let go of because it was too old. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      -- One at a time for each kind; whoever finds one that broke off goes on with it. days: what the setting was.
      create table retention_runs (
        id bigint generated always as identity,
        workspace_id bigint not null references workspaces on delete cascade,
        kind text not null,
        days int not null,
        forgotten bigint not null default 0,
        started_at timestamptz not null default clock_timestamp(),
        updated_at timestamptz not null default clock_timestamp(),
        finished_at timestamptz,
        primary key (workspace_id, id)
      );
      create unique index retention_runs_open on retention_runs (workspace_id, kind) where finished_at is null;
      create index retention_runs_of_kind on retention_runs (workspace_id, kind, id desc);
    `)
  }

  async down() {
    this.schema.raw('drop table retention_runs')
  }
}
