import { BaseSchema } from '@adonisjs/lucid/schema'

/** Workspaces, the people who work in them, and what they did. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table workspaces (
        id bigint generated always as identity primary key,
        name text not null,
        timezone text not null default 'UTC',
        locale text not null default 'en',
        postal_address text,
        default_from_name text,
        default_from_email text,
        settings jsonb not null default '{}',
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
      );

      create table users (
        id bigint generated always as identity primary key,
        email text not null,
        email_key text collate "C" not null unique,
        full_name text,
        password text not null,
        password_changed_at timestamptz not null default now(),
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
      );

      -- Who is signed in where. The cookie holds the secret; without its row it opens nothing, however often it was copied.
      create table sessions (
        secret_hash text primary key,
        user_id bigint not null references users on delete cascade,
        created_at timestamptz not null default now(),
        seen_at timestamptz not null default now()
      );
      create index sessions_of_user on sessions (user_id);

      create table memberships (
        id bigint generated always as identity primary key,
        workspace_id bigint not null references workspaces on delete cascade,
        user_id bigint not null references users on delete cascade,
        role text not null check (role in ('owner', 'admin', 'editor', 'viewer')),
        created_at timestamptz not null default now(),
        unique (workspace_id, user_id)
      );
      create index memberships_of_user on memberships (user_id);

      create table access_tokens (
        id bigint generated always as identity primary key,
        tokenable_id bigint not null references memberships on delete cascade,
        type text not null,
        name text,
        hash text not null,
        abilities text not null,
        created_at timestamptz,
        updated_at timestamptz,
        last_used_at timestamptz,
        expires_at timestamptz
      );
      create index access_tokens_of_membership on access_tokens (tokenable_id);

      create table invitations (
        id bigint generated always as identity,
        workspace_id bigint not null references workspaces on delete cascade,
        email text not null,
        role text not null check (role in ('admin', 'editor', 'viewer')),
        token_hash text not null unique,
        mailed_token_hash text not null unique,
        invited_by bigint,
        invited_by_token bigint,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null,
        accepted_at timestamptz,
        primary key (workspace_id, id)
      );

      create table password_resets (
        id bigint generated always as identity primary key,
        user_id bigint not null references users on delete cascade,
        token_hash text not null unique,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null,
        used_at timestamptz
      );

      create table audit_entries (
        id bigint generated always as identity,
        workspace_id bigint not null,
        actor_kind text not null check (actor_kind in ('user', 'token', 'system', 'person')),
        actor_id bigint,
        actor_label text not null,
        action text not null,
        subject_type text not null,
        subject_id text,
        details jsonb not null default '{}',
        request_id text,
        ip inet,
        created_at timestamptz not null default now(),
        primary key (workspace_id, id)
      );
      create index audit_entries_of_subject on audit_entries (workspace_id, subject_type, subject_id);
    
`)
  }

  async down() {
    this.schema.raw(`

      drop table audit_entries, password_resets, invitations, access_tokens, memberships, sessions, users, workspaces;
    `)
  }
}
