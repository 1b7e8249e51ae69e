import { BaseSchema } from '@adonisjs/lucid/schema'

/** Sign-up forms, what visitors saw of them, and what they sent. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table forms (
        id bigint generated always as identity,
        workspace_id bigint not null references workspaces on delete cascade,
        name text not null,
        -- Visitors know nothing of workspaces: the one key that stands alone.
        slug text not null,
        version int not null,
        is_open boolean not null default true,
        -- What retention has forgotten, so that its numbers stay: how many were asked by mail, and when the last one came.
        forgotten_asked int not null default 0,
        forgotten_last_at timestamptz,
        -- What is made of doubts (app/forms/quarantine/policy.ts), and how many doubtful ones there was no room for.
        doubts jsonb not null default '{}',
        turned_away int not null default 0,
        demo boolean not null default false,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        deleted_at timestamptz,
        primary key (workspace_id, id)
      );
      create unique index forms_slug on forms (slug);

      -- A form as it was shown. Never changed (0012): the ledger and the submissions name it.
      create table form_versions (
        workspace_id bigint not null references workspaces on delete cascade,
        form_id bigint not null,
        version int not null,
        definition jsonb not null,
        changed_by text not null,
        demo boolean not null default false,
        created_at timestamptz not null default now(),
        primary key (workspace_id, form_id, version)
      );

      create table form_submissions (
        id bigint generated always as identity,
        workspace_id bigint not null references workspaces on delete cascade,
        form_id bigint not null,
        version int not null,
        state text not null check (state in ('pending', 'granted', 'confirmed', 'repeated', 'suppressed', 'doubtful', 'rejected', 'erased')),
        contact_id bigint,
        email text,
        email_hash bytea not null,
        -- Of the mailbox behind it (mailboxKey): all spellings of one mailbox share a pace.
        mailbox_hash bytea,
        answers jsonb not null default '{}',
        topic_ids bigint[] not null,
        origin text,
        ip inet,
        user_agent text,
        score smallint not null default 0,
        -- Each signal with the points that it had when it was judged.
        signals jsonb not null default '{}',
        times int not null default 1,
        mail_due_at timestamptz,
        mailed_at timestamptz,
        expires_at timestamptz,
        -- How often the confirmation link was fetched: by scanners, and by people before they press the button.
        looks int not null default 0,
        confirmed_at timestamptz,
        confirmed_ip inet,
        confirmed_agent text,
        judged_at timestamptz,
        judged_by text,
        judged_reason text,
        -- Invented: no mail leaves for it.
        demo boolean not null default false,
        created_at timestamptz not null default clock_timestamp(),
        primary key (workspace_id, id)
      ) with (fillfactor = 80);
      create index form_submissions_of_form on form_submissions (workspace_id, form_id, id desc);
      create index form_submissions_of_address on form_submissions (workspace_id, email_hash, id desc);
      create index form_submissions_of_mailbox on form_submissions (workspace_id, mailbox_hash, id desc);
      create index form_submissions_of_contact on form_submissions (workspace_id, contact_id) where contact_id is not null;
      create index form_submissions_doubtful on form_submissions (workspace_id, id desc) where state = 'doubtful';
      create index form_submissions_waiting on form_submissions (workspace_id, form_id, score desc, id) where state = 'doubtful';
      create index form_submissions_judged on form_submissions (workspace_id, id desc) where judged_at is not null;
      create index form_submissions_from on form_submissions (workspace_id, ip, created_at);

      -- Proofs of work count once. Rows outlive their challenge only until the clock comes by.
      create table spent_proofs (
        workspace_id bigint not null references workspaces on delete cascade,
        form_id bigint not null,
        nonce bigint not null,
        spent_at timestamptz not null default now(),
        primary key (workspace_id, nonce)
      );
      create index spent_proofs_old on spent_proofs (spent_at);
    `)
  }

  async down() {
    this.schema.raw('drop table spent_proofs, form_submissions, form_versions, forms')
  }
}
