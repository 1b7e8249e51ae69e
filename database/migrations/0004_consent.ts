import { BaseSchema } from '@adonisjs/lucid/schema'

/** May we write to this person? The ledger, what follows from it, and who must never be written to again. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table topics (
        id bigint generated always as identity,
        workspace_id bigint not null references workspaces on delete cascade,
        name text not null,
        description text not null default '',
        public boolean not null default true,
        double_opt_in boolean not null default true,
        -- At most so many campaigns about it to one person in so many days; null: no cap.
        cap_mails int check (cap_mails between 1 and 100),
        cap_days int check (cap_days between 1 and 90),
        check ((cap_mails is null) = (cap_days is null)),
        -- Who has not reacted for so many days is asked and then rests; null: as the workspace says, 0: not here.
        sunset_days int check (sunset_days = 0 or sunset_days between 30 and 1095),
        demo boolean not null default false,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        archived_at timestamptz,
        primary key (workspace_id, id)
      );
      create unique index topics_name on topics (workspace_id, lower(name)) where archived_at is null;

      -- What people are told when they are asked, word for word: a row a version, and old versions stay. id names the
      -- wording, the same for all its versions. origin: 'written' here on purpose, or 'stated' by whoever recorded consent.
      create sequence consent_wording_ids as bigint;
      create function consent_text_digest(text text) returns bytea language sql immutable strict parallel safe as $$
        select sha256(convert_to(text, 'UTF8'))
      $$;
      create table consent_wordings (
        workspace_id bigint not null,
        id bigint not null default nextval('consent_wording_ids'),
        version int not null check (version > 0),
        text text not null,
        language text,
        shown text not null,
        origin text not null check (origin in ('written', 'stated')),
        demo boolean not null default false,
        actor_label text not null,
        created_at timestamptz not null default clock_timestamp(),
        primary key (workspace_id, id, version)
      );
      alter sequence consent_wording_ids owned by consent_wordings.id;
      create index consent_wordings_of_text on consent_wordings (workspace_id, consent_text_digest(text));
      create unique index consent_wordings_stated on consent_wordings (workspace_id, consent_text_digest(text), coalesce(language, ''))
        where origin = 'stated';

      -- How they got there: append-only (0012_ledgers.ts), chained by hash per contact.
      create table consent_entries (
        id bigint generated always as identity,
        workspace_id bigint not null,
        contact_id bigint not null,
        channel text not null,
        topic_id bigint not null,
        action text not null check (action in ('grant', 'request', 'confirm', 'withdraw')),
        status text not null check (status in ('pending', 'granted', 'withdrawn')),
        basis text not null,
        statement text not null,
        statement_version text,
        language text,
        wording_id bigint,
        wording_version int,
        source text not null,
        source_kind text not null check (source_kind in ('form', 'import', 'api', 'person', 'team', 'provider', 'merge', 'demo')),
        source_ref text,
        reason text,
        actor_label text not null,
        ip inet,
        user_agent text,
        occurred_at timestamptz not null,
        expires_at timestamptz,
        recorded_at timestamptz not null default clock_timestamp(),
        personal_salt bytea,
        personal_digest bytea not null,
        redacted_at timestamptz,
        previous_hash bytea,
        hash bytea not null,
        primary key (workspace_id, id),
        check ((wording_id is null) = (wording_version is null)),
        -- Nobody agrees to nothing: only who left, and a basis that mails nobody, may do without words.
        check (wording_id is not null or action = 'withdraw' or basis = 'unknown')
      );
      create index consent_entries_of_contact on consent_entries (workspace_id, contact_id, id);

      -- What identifies a person in an entry goes into the chain as a salted digest: erasure (GDPR art. 17) takes the
      -- facts and the salt away, and the chain still verifies.
      create function consent_personal_digest(salt bytea, ip inet, user_agent text, reason text, actor_label text)
      returns bytea language sql immutable parallel safe as $$
        select sha256(salt || convert_to(jsonb_build_array(host(ip), user_agent, reason, actor_label)::text, 'UTF8'))
      $$;

      -- What an entry's hash covers: every declared fact in a fixed order and text form (one digest, the same for
      -- everybody who is recorded in one go), whose it is, and the hash before it.
      create function consent_facts_digest(
        channel text, topic_id bigint, action text, status text, basis text, statement text, statement_version text,
        language text, wording_id bigint, wording_version int, source text, source_kind text, source_ref text,
        personal_digest bytea, occurred_at timestamptz, expires_at timestamptz
      ) returns bytea language sql immutable parallel safe as $$
        select sha256(convert_to(jsonb_build_array(
          channel, topic_id, action, status, basis, statement, statement_version, language,
          wording_id, wording_version, source, source_kind, source_ref, encode(personal_digest, 'hex'),
          extract(epoch from occurred_at)::text, extract(epoch from expires_at)::text
        )::text, 'UTF8'))
      $$;
      create function consent_entry_hash(previous_hash bytea, workspace_id bigint, contact_id bigint, facts_digest bytea)
      returns bytea language sql immutable parallel safe as $$
        select sha256(coalesce(previous_hash, ''::bytea) || int8send(workspace_id) || int8send(contact_id) || facts_digest)
      $$;

      -- Where each person's chain ends. Writing this row first is what serialises two entries about one person, and
      -- it shows when the newest entries of a chain were cut off. withdrawn: every 'channel:topic' they ever left.
      create table consent_chains (
        workspace_id bigint not null,
        contact_id bigint not null,
        entries int not null,
        previous_hash bytea,
        hash bytea not null,
        withdrawn text[] not null default '{}',
        primary key (workspace_id, contact_id)
      ) with (fillfactor = 80);

      -- Where each person stands: a projection of the ledger, written in the same statement.
      create table consents (
        workspace_id bigint not null,
        contact_id bigint not null,
        channel text not null,
        topic_id bigint not null,
        status text not null check (status in ('pending', 'granted', 'withdrawn')),
        basis text not null,
        since timestamptz not null,
        expires_at timestamptz,
        entry_id bigint not null,
        primary key (workspace_id, contact_id, channel, topic_id)
      ) with (fillfactor = 90);
      create index consents_of_topic on consents (workspace_id, topic_id, channel, contact_id) include (status, basis, expires_at);

      -- By address, as a keyed hash: it survives deletion, erasure and re-import.
      create table suppressions (
        id bigint generated always as identity,
        workspace_id bigint not null,
        channel text not null default 'email',
        address_hash bytea not null,
        address text,
        reason text not null check (reason in ('unsubscribed_all', 'objection', 'hard_bounce', 'soft_bounce', 'complaint', 'erased', 'manual', 'imported', 'provider')),
        note text,
        source text not null,
        created_at timestamptz not null default now(),
        primary key (workspace_id, id)
      );
      create unique index suppressions_address on suppressions (workspace_id, channel, address_hash);
      create extension if not exists pg_trgm;
      create index suppressions_search on suppressions using gin (lower(address) gin_trgm_ops);

      -- Which contacts an address belonged to before they were deleted, merged, erased or got another one: no import may
      -- bring the address back as if it had never withdrawn.
      create table former_addresses (
        workspace_id bigint not null,
        channel text not null,
        address_hash bytea not null,
        contact_id bigint not null,
        -- The address itself, encrypted, where it stands with no contact any more (it was changed): who is erased is erased under it, too.
        address text,
        primary key (workspace_id, channel, address_hash, contact_id)
      );
      create index former_addresses_of_contact on former_addresses (workspace_id, contact_id);

      -- Whose data is kept and not used (GDPR art. 18). It holds for the person and, by former_addresses, for whoever has an
      -- address that was theirs: deleting them and taking the address in again does not end it.
      create table restrictions (
        workspace_id bigint not null,
        contact_id bigint not null,
        reason text,
        created_by text not null,
        created_at timestamptz not null default now(),
        primary key (workspace_id, contact_id)
      );

      -- What readers wish beside yes and no, for one topic or (topic_id 0) for all: nothing until then, or not so often.
      create table reader_wishes (
        workspace_id bigint not null,
        contact_id bigint not null,
        channel text not null,
        topic_id bigint not null,
        paused_until timestamptz,
        pace text check (pace in ('weekly', 'monthly')),
        updated_at timestamptz not null default now(),
        check (paused_until is not null or pace is not null),
        primary key (workspace_id, contact_id, channel, topic_id)
      );

      -- People who are asked again whether they still want a topic: because the proof of their agreement is weak, or because
      -- they have long been silent (sunset). One campaign asks, at most one reminds. silence: what becomes of those who do not
      -- answer, chosen beforehand. round_on: the day of a sunset round, one a day and topic.
      create table reconfirmations (
        id bigint generated always as identity,
        workspace_id bigint not null references workspaces on delete cascade,
        kind text not null check (kind in ('weak_proof', 'sunset')),
        topic_id bigint not null,
        channel text not null default 'email',
        -- Of the people with weak proof only those of this segment; null: all.
        segment_id bigint,
        state text not null default 'draft' check (state in ('draft', 'asking', 'closed', 'cancelled')),
        silence text not null check (silence in ('keep', 'rest', 'withdraw')),
        wording_id bigint not null,
        wording_version int not null,
        -- The same in the other languages that the page speaks: { language: { id, version } }; none where the team chose a wording.
        wordings jsonb not null default '{}',
        answer_days int not null check (answer_days between 7 and 90),
        remind_after_days int check (remind_after_days between 3 and 60 and remind_after_days < answer_days),
        campaign_id bigint,
        reminder_id bigint,
        round_on date,
        opened_at timestamptz,
        answers_until timestamptz,
        reminded_at timestamptz,
        closed_at timestamptz,
        created_by text not null,
        created_at timestamptz not null default now(),
        primary key (workspace_id, id)
      );
      create unique index reconfirmations_round on reconfirmations (workspace_id, topic_id, round_on) where round_on is not null;
      create index reconfirmations_of_campaign on reconfirmations (workspace_id, campaign_id);
      create index reconfirmations_of_reminder on reconfirmations (workspace_id, reminder_id) where reminder_id is not null;
      create index reconfirmations_asking on reconfirmations (answers_until) where state = 'asking';

      -- Who is asked by them, and what became of it. 'chosen' waits for an answer; 'not_asked' is who did not get the question,
      -- with the reason; 'reacted' did something else that shows that they are there (sunset). late_answer: after the end.
      create table reconfirmation_people (
        workspace_id bigint not null,
        reconfirmation_id bigint not null,
        contact_id bigint not null,
        topic_id bigint not null,
        state text not null default 'chosen' check (state in ('chosen', 'confirmed', 'declined', 'reacted', 'silent', 'not_asked')),
        reason text,
        chosen_at timestamptz not null default now(),
        answered_at timestamptz,
        late_answer text check (late_answer in ('confirmed', 'declined')),
        primary key (workspace_id, reconfirmation_id, contact_id)
      );
      -- One person waits for one question, whatever topics are asked about at once.
      create unique index reconfirmation_people_one_question on reconfirmation_people (workspace_id, contact_id) where state = 'chosen';
      create index reconfirmation_people_of_contact on reconfirmation_people (workspace_id, contact_id, topic_id);
      create index reconfirmation_people_waiting on reconfirmation_people (workspace_id, reconfirmation_id, contact_id) where state = 'chosen';

      -- Who was asked, did not answer and rests: a part of the one rule, no withdrawal. A row that has ended says that somebody
      -- took them out of it, and when.
      create table rests (
        workspace_id bigint not null,
        contact_id bigint not null,
        channel text not null,
        topic_id bigint not null,
        since timestamptz not null default now(),
        reconfirmation_id bigint,
        ended_at timestamptz,
        ended_by text,
        primary key (workspace_id, contact_id, channel, topic_id)
      );
      create index rests_now on rests (workspace_id, topic_id, channel) where ended_at is null;
    
`)
  }

  async down() {
    this.schema.raw(`

      drop table restrictions, rests, reconfirmation_people, reconfirmations, reader_wishes, former_addresses, suppressions, consents, consent_chains;
      drop function consent_entry_hash, consent_facts_digest, consent_personal_digest;
      drop table consent_entries, consent_wordings, topics;
      drop function consent_text_digest;
    `)
  }
}
