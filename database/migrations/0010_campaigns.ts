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
        -- The language of these words and, in further ones, the same letter for who reads them: { language: { subject,
        -- preheader, content, text } }. Null and none: everybody gets the one letter.
        language text,
        letters jsonb not null default '{}',
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
        -- Of a recurring campaign: its letter, which is copied and never sent; or one of its occurrences, meant for that moment.
        recurring_id bigint,
        is_model boolean not null default false,
        occurs_at timestamptz,
        -- It asks, or reminds, the people of this re-confirmation.
        reconfirmation_id bigint,
        demo boolean not null default false,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        deleted_at timestamptz,
        primary key (workspace_id, id)
      );
      create index campaigns_newest on campaigns (workspace_id, created_at desc, id desc) where deleted_at is null and not is_model;
      create index campaigns_of_recurring on campaigns (workspace_id, recurring_id) where recurring_id is not null;
      create index campaigns_due on campaigns (scheduled_at) where status = 'scheduled';

      -- A calendar that makes campaigns, each with an audience, an edition and a receipt of its own.
      create table recurring_campaigns (
        id bigint generated always as identity,
        workspace_id bigint not null references workspaces on delete cascade,
        name text not null,
        -- The draft that each occurrence is a copy of.
        model_id bigint not null,
        state text not null default 'paused' check (state in ('active', 'paused', 'ended')),
        -- RFC 5545 without its start: that is starts_on, at the local time of the zone.
        rule text not null,
        starts_on date not null,
        local_time text not null,
        timezone text not null,
        skipped timestamptz[] not null default '{}',
        -- As for a schedule: at the readers' own clock, spread over hours.
        at_readers_time boolean not null default false,
        over_hours int,
        -- Made so long before, so that the team can look at it; with needs_approval it leaves only when somebody says so.
        notice_hours int not null default 0,
        needs_approval boolean not null default false,
        -- The next occurrence, and when it is made; null while it is paused and when none is left.
        next_at timestamptz,
        due_at timestamptz,
        -- A worker fetches its feed until then.
        busy_until timestamptz,
        feed_url text,
        feed_most int not null default 10,
        -- What the feed held when it was last read: { title, url, items }, and how to ask whether it changed.
        feed jsonb,
        feed_etag text,
        feed_modified text,
        feed_read_at timestamptz,
        feed_failures int not null default 0,
        feed_error text,
        created_by text not null,
        updated_by text not null,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        deleted_at timestamptz,
        primary key (workspace_id, id)
      );
      create index recurring_campaigns_due on recurring_campaigns (due_at) where state = 'active';

      -- What became of each occurrence: one for each moment, whatever workers do.
      create table recurring_occurrences (
        workspace_id bigint not null,
        recurring_id bigint not null,
        occurs_at timestamptz not null,
        campaign_id bigint,
        outcome text not null check (outcome in ('made', 'waits', 'not_approved', 'held_back', 'late', 'skipped', 'nothing_new', 'feed_failed')),
        note text,
        created_at timestamptz not null default now(),
        primary key (workspace_id, recurring_id, occurs_at)
      );
      create index recurring_occurrences_waiting on recurring_occurrences (occurs_at) where outcome = 'waits';

      -- Which items of a feed stand in which campaign. key: a hash of what the feed calls the item.
      create table recurring_feed_items (
        workspace_id bigint not null,
        recurring_id bigint not null,
        key bytea not null,
        campaign_id bigint not null,
        primary key (workspace_id, recurring_id, key, campaign_id)
      );
    
`)
  }

  async down() {
    this.schema.raw(`

      drop table recurring_feed_items, recurring_occurrences, recurring_campaigns, campaigns;
    `)
  }
}
