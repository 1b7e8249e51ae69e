import { BaseSchema } from '@adonisjs/lucid/schema'

/** Write once, send once. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table campaigns (
        id bigint generated always as identity,
        workspace_id bigint not null references workspaces on delete cascade,
        name text not null,
        channel text not null default 'email',
        topic_id bigint,
        audience jsonb not null default '{}',
        from_name text not null default '',
        from_email text not null default '',
        reply_to text,
        subject text not null default '',
        preheader text not null default '',
        content jsonb not null default '{"kind": "markdown", "source": ""}',
        text text,
        tracking jsonb not null default '{"opens": true, "clicks": true}',
        utm jsonb,
        status text not null default 'draft' check (status in ('draft', 'scheduled', 'sending', 'paused', 'sent', 'sent_with_problems', 'cancelled')),
        version int not null default 1,
        -- the version that somebody last sent to themselves as a test
        tested_version int,
        -- what a person must know: why it did not start, or why it stands still
        notice text,
        edition_id bigint,
        shipment_id bigint,
        scheduled_at timestamptz,
        -- How it leaves once it is due: { local_time, over_hours }.
        timing jsonb not null default '{}',
        send_started_at timestamptz,
        finished_at timestamptz,
        created_by text not null,
        updated_by text not null,
        demo boolean not null default false,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        deleted_at timestamptz,
        primary key (workspace_id, id)
      );
      create index campaigns_newest on campaigns (workspace_id, created_at desc, id desc) where deleted_at is null;
      create index campaigns_due on campaigns (scheduled_at) where status = 'scheduled';
    
`)
  }

  async down() {
    this.schema.raw(`

      drop table campaigns;
    `)
  }
}
