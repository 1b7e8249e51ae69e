import { BaseSchema } from '@adonisjs/lucid/schema'

/** Editions: content frozen at the moment of sending. The same edition and the same merge data give the same bytes. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table editions (
        id bigint generated always as identity,
        workspace_id bigint not null references workspaces on delete cascade,
        from_name text not null,
        from_email text not null,
        reply_to text,
        subject text not null,
        preheader text not null default '',
        html text not null,
        text text not null,
        merge_keys jsonb not null default '[]',
        tracking jsonb not null default '{}',
        setting jsonb not null,
        renderer int not null default 1,
        source jsonb not null,
        hash bytea not null,
        demo boolean not null default false,
        created_at timestamptz not null default now(),
        primary key (workspace_id, id)
      );
    
`)
  }

  async down() {
    this.schema.raw(`

      drop table editions;
    `)
  }
}
