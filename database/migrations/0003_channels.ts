import { BaseSchema } from '@adonisjs/lucid/schema'

/** The capture mailbox: where mail goes when no provider is set. The web app shows it as Outbox. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table captured_messages (
        id bigint generated always as identity,
        workspace_id bigint not null,
        provider_id text not null,
        from_address text not null,
        to_address text not null,
        subject text not null,
        html text,
        text text,
        headers jsonb not null default '{}',
        tags jsonb not null default '{}',
        campaign_id bigint,
        contact_id bigint,
        -- Its link opens something (a reset, an invitation): not for colleagues' eyes.
        private boolean not null default false,
        created_at timestamptz not null default now(),
        primary key (workspace_id, id)
      );
      create unique index captured_messages_once on captured_messages (workspace_id, provider_id);
      create index captured_messages_of_campaign on captured_messages (workspace_id, campaign_id, id);
    
`)
  }

  async down() {
    this.schema.raw(`

      drop table captured_messages;
    `)
  }
}
