import { BaseSchema } from '@adonisjs/lucid/schema'

/** The people we may know, and how they came in. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create extension if not exists pg_trgm;

      create table contacts (
        id bigint generated always as identity,
        workspace_id bigint not null references workspaces on delete cascade,
        email text,
        email_key text collate "C",
        email_hash bytea,
        phone text,
        external_id text,
        first_name text,
        last_name text,
        locale text,
        timezone text,
        attributes jsonb not null default '{}',
        origin text not null default 'team' check (origin in ('team', 'import', 'api', 'form', 'demo')),
        import_id bigint,
        demo boolean not null default false,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        deleted_at timestamptz,
        merged_into bigint,
        erased_at timestamptz,
        primary key (workspace_id, id)
      ) with (fillfactor = 90);
      create unique index contacts_email on contacts (workspace_id, email_key) where deleted_at is null;
      create unique index contacts_external_id on contacts (workspace_id, external_id) where deleted_at is null;
      create index contacts_newest on contacts (workspace_id, created_at desc, id desc) where deleted_at is null;
      create index contacts_by_email on contacts (workspace_id, (coalesce(email_key, '')), id) where deleted_at is null;
      create index contacts_by_name on contacts (
        workspace_id, (lower(coalesce(first_name, '') || ' ' || coalesce(last_name, '')) collate "C"), id
      ) where deleted_at is null;
      create index contacts_gone on contacts (workspace_id, email_hash) include (id) where deleted_at is not null;
      create index contacts_merged on contacts (workspace_id, merged_into) where merged_into is not null;
      create index contacts_attributes on contacts using gin (attributes jsonb_path_ops);
      create index contacts_search on contacts using gin (
        (coalesce(email_key, '') || ' ' || lower(coalesce(first_name, '') || ' ' || coalesce(last_name, ''))) gin_trgm_ops
      );

      create table contact_fields (
        id bigint generated always as identity,
        workspace_id bigint not null references workspaces on delete cascade,
        key text not null,
        label text not null,
        type text not null check (type in ('text', 'number', 'boolean', 'date', 'datetime', 'url', 'choice', 'multi_choice')),
        choices jsonb,
        demo boolean not null default false,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (workspace_id, id),
        unique (workspace_id, key)
      );

      create table tags (
        id bigint generated always as identity,
        workspace_id bigint not null references workspaces on delete cascade,
        name text not null,
        name_key text not null,
        demo boolean not null default false,
        created_at timestamptz not null default now(),
        primary key (workspace_id, id),
        unique (workspace_id, name_key)
      );

      create table contact_tags (
        workspace_id bigint not null,
        tag_id bigint not null,
        contact_id bigint not null,
        created_at timestamptz not null default now(),
        primary key (workspace_id, tag_id, contact_id)
      );
      create index contact_tags_of_contact on contact_tags (workspace_id, contact_id);

      -- What one bulk change did, so that it can be undone exactly.
      create table bulk_changes (
        id bigint generated always as identity,
        workspace_id bigint not null references workspaces on delete cascade,
        action text not null check (action in ('add_tag', 'remove_tag', 'delete')),
        tag_id bigint,
        contact_ids bigint[] not null,
        created_at timestamptz not null default now(),
        undone_at timestamptz,
        primary key (workspace_id, id)
      );
      create index bulk_changes_age on bulk_changes (workspace_id, created_at);

      create table imports (
        id bigint generated always as identity,
        workspace_id bigint not null references workspaces on delete cascade,
        status text not null check (status in ('uploading', 'analysed', 'running', 'done', 'failed', 'undone')),
        file_name text not null,
        file_bytes bigint not null default 0,
        encoding text,
        delimiter text,
        columns jsonb not null default '[]',
        rows_estimate int,
        options jsonb,
        counts jsonb not null default '{}',
        rows_done int not null default 0,
        rows_total int,
        attempts int not null default 0,
        error text,
        created_by text not null,
        started_by jsonb,
        demo boolean not null default false,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        started_at timestamptz,
        finished_at timestamptz,
        -- From then on it cannot be undone: what it changed is not kept any more.
        settled_at timestamptz,
        primary key (workspace_id, id)
      );

      -- The file itself, in pieces of 1 MiB: any process can carry on where another stopped.
      create table import_pieces (
        workspace_id bigint not null,
        import_id bigint not null,
        no int not null,
        bytes bytea not null,
        primary key (workspace_id, import_id, no)
      );
      alter table import_pieces alter column bytes set storage external;

      -- What became of each row that needs a word: rejected rows as they came; for undo, what was there before.
      create table import_rows (
        workspace_id bigint not null,
        import_id bigint not null,
        line int not null,
        outcome text not null check (outcome in ('new', 'changed', 'rejected')),
        reason text,
        raw jsonb,
        contact_id bigint,
        before jsonb,
        after jsonb,
        primary key (workspace_id, import_id, line)
      );
      create index import_rows_of_contact on import_rows (workspace_id, contact_id);

      -- What people ask for by right (GDPR art. 15 to 21), due one month after it came (art. 12(3)). channel: how it came.
      -- outcome: what was found and done, in numbers; the keyed hash of an erased address; why it was refused.
      -- unconfirmed: asked by a link that anybody may hold; whoever reads address_hash's mail can confirm until then.
      create table privacy_requests (
        id bigint generated always as identity,
        workspace_id bigint not null references workspaces on delete cascade,
        contact_id bigint not null,
        kind text not null check (kind in ('access', 'portability', 'erasure', 'objection', 'restriction')),
        channel text not null check (channel in ('mail', 'phone', 'letter', 'in_person', 'page', 'other')),
        note text,
        received_on date not null,
        due_on date not null,
        state text not null default 'open' check (state in ('unconfirmed', 'open', 'done', 'refused')),
        outcome jsonb not null default '{}',
        address_hash bytea,
        confirm_until timestamptz,
        mailed_at timestamptz[] not null default '{}',
        recorded_by text not null,
        settled_by text,
        settled_at timestamptz,
        created_at timestamptz not null default now(),
        primary key (workspace_id, id)
      );
      create index privacy_requests_due on privacy_requests (workspace_id, due_on, id);
      create index privacy_requests_of_contact on privacy_requests (workspace_id, contact_id);
      create index privacy_requests_of_address on privacy_requests (workspace_id, address_hash) where address_hash is not null;
    
`)
  }

  async down() {
    this.schema.raw(`

      drop table privacy_requests, import_rows, import_pieces, imports, bulk_changes, contact_tags, tags, contact_fields, contacts;
    `)
  }
}
