import { BaseSchema } from '@adonisjs/lucid/schema'

/** Ways to pick people. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table segments (
        id bigint generated always as identity,
        workspace_id bigint not null references workspaces on delete cascade,
        name text not null,
        rule jsonb not null,
        demo boolean not null default false,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        deleted_at timestamptz,
        primary key (workspace_id, id)
      );
      create unique index segments_name on segments (workspace_id, lower(name)) where deleted_at is null;
    
`)
  }

  async down() {
    this.schema.raw(`

      drop table segments;
    `)
  }
}
