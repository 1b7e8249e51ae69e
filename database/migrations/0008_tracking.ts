import { BaseSchema } from '@adonisjs/lucid/schema'

/** Links of an edition, and who reacted to them, by month. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      -- Months live in a schema of their own, out of sight of the generated models.
      create schema partitions;

      create table links (
        workspace_id bigint not null,
        campaign_id bigint not null,
        no int not null,
        url text not null,
        label text not null default '',
        primary key (workspace_id, campaign_id, no)
      );

      create table engagements (
        workspace_id bigint not null,
        month date not null,
        id bigint generated always as identity,
        campaign_id bigint not null,
        contact_id bigint not null,
        kind text not null check (kind in ('open', 'click')),
        link_no int,
        verdict text not null check (verdict in ('human', 'machine', 'unknown')),
        rule text not null,
        method text not null default 'GET',
        user_agent text,
        ip_hash bytea,
        occurred_at timestamptz not null default now(),
        primary key (workspace_id, month, id)
      ) partition by range (month);
      create index engagements_of_campaign on engagements (workspace_id, campaign_id, kind, contact_id);
      create index engagements_of_contact on engagements (workspace_id, contact_id, occurred_at desc);
      -- What a reader becomes when who opened and clicked is not kept any more: minus one of these, in each campaign another.
      create sequence nobody_numbers as bigint;
      create table partitions.engagements_default partition of engagements default;
    
`)
  }

  async down() {
    this.schema.raw(`

      drop table engagements, links;
      drop sequence nobody_numbers;
      drop schema partitions;
    `)
  }
}
