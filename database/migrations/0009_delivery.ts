import { BaseSchema } from '@adonisjs/lucid/schema'

/** Every message that leaves, and what became of it. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      -- A shipment is the delivery side of one campaign: what the worker needs to know without asking the campaign.
      create table shipments (
        id bigint generated always as identity,
        workspace_id bigint not null references workspaces on delete cascade,
        campaign_id bigint not null,
        month date not null,
        channel text not null default 'email',
        topic_id bigint not null,
        edition_id bigint not null,
        -- Those that it had before, in their order: what is changed on the way goes to those who still wait.
        earlier_editions bigint[] not null default '{}',
        -- The same letter in further languages: { language: edition }. Who reads none of them gets edition_id.
        letters jsonb not null default '{}',
        state text not null check (state in ('running', 'paused', 'stopped', 'cancelled', 'finished')),
        stop_reason text,
        candidates int not null,
        mailable int not null,
        excluded jsonb not null default '{}',
        batch_count int not null default 0,
        -- Nothing leaves before it: the time in which a send can be taken back.
        not_before timestamptz not null default now(),
        -- The first wave: batches from this number on wait; null: none does. Judged pilot_minutes after it has left.
        released int,
        pilot_minutes int,
        judged_at timestamptz,
        -- Nothing more leaves before it, and why: the day's share of a warm-up is used up.
        waits_until timestamptz,
        waits_for text,
        -- Somebody who may decided that this one leaves by night, too.
        ignores_quiet_hours boolean not null default false,
        -- It began where nobody gets it, for want of a provider. What began so does not go on otherwise unless a person says so.
        to_outbox boolean not null default false,
        demo boolean not null default false,
        created_at timestamptz not null default now(),
        finished_at timestamptz,
        primary key (workspace_id, id),
        unique (workspace_id, campaign_id)
      );
      -- Which database this is, and when a worker last looked: a restored backup must not send by itself.
      create table sending_watch (
        id int primary key default 1 check (id = 1),
        database_mark text not null,
        seen_at timestamptz not null default now(),
        -- When it was found to be another one, the last time.
        held_at timestamptz
      );
      create index shipments_open on shipments (id) where finished_at is null;

      -- People of the frozen audience who may not be written to: by name and reason, a thousand to a row.
      create table exclusions (
        workspace_id bigint not null,
        campaign_id bigint not null,
        reason text not null,
        no int not null,
        contact_ids bigint[] not null,
        primary key (workspace_id, campaign_id, reason, no)
      );

      -- A batch is a manifest: a frozen, ordered list of at most 100 contact ids that is at once lease, seal,
      -- idempotency key and one call to the provider. Whoever holds a lease holds its fence: each later write asks for it.
      -- doubtful: a call was made, or may have been, whose outcome is not known. account: who was called with the key.
      -- sealed: what the call carries, beside the edition (see sealed_people.ts), kept afterwards as what each person was told.
      create table batches (
        id bigint generated always as identity,
        workspace_id bigint not null,
        shipment_id bigint not null,
        campaign_id bigint not null,
        month date not null,
        no int not null,
        rev int not null default 0,
        contact_ids bigint[] not null,
        state text not null default 'queued' check (state in ('queued', 'leased', 'sealed', 'done', 'failed', 'unconfirmed', 'cancelled', 'split')),
        fence bigint not null default 0,
        lease_owner text,
        lease_until timestamptz,
        not_before timestamptz not null default now(),
        -- When it would leave but for its readers' quiet hours; null where they put nothing off.
        planned_at timestamptz,
        -- All its people are behind this group of domains. While it is parked for an account, the pace of that domain has
        -- no room for it; when the pace is forgotten, it is free.
        domain text,
        parked_for text,
        -- All its people read this language, in which there is a letter (shipments.letters); null: the shipment's own.
        language text,
        attempts int not null default 0,
        -- how often a mail server asked to come again later
        deferrals int not null default 0,
        -- how often its handling failed in a way that nobody foresaw
        failures int not null default 0,
        idempotency_key text not null,
        account text,
        edition_id bigint,
        sealed jsonb,
        payload_hash bytea,
        sealed_at timestamptz,
        doubtful boolean not null default false,
        last_error text,
        accepted int not null default 0,
        withheld int not null default 0,
        failed int not null default 0,
        created_at timestamptz not null default now(),
        finished_at timestamptz,
        primary key (workspace_id, id)
      ) with (fillfactor = 80);
      create unique index batches_key on batches (workspace_id, idempotency_key);
      create index batches_of_shipment on batches (workspace_id, shipment_id, state);
      create index batches_waiting on batches (workspace_id, shipment_id, no, id)
        where state in ('queued', 'leased', 'sealed') and parked_for is null;
      create index batches_parked on batches (parked_for, domain, workspace_id, shipment_id, no, id) where parked_for is not null;
      create index batches_sealed on batches (lease_until) where state = 'sealed';
      create sequence batch_fences;

      -- The spine: one row per (campaign, contact), inserted once, when it is known what became of it; until then the
      -- person stands in the manifest. position: the mail's place in the call, -1 for who was not in it. reason is a
      -- word for programs, note a sentence for people. Narrow, widest columns first: there are many.
      create table messages (
        workspace_id bigint not null,
        campaign_id bigint not null,
        contact_id bigint not null,
        batch_id bigint not null,
        sealed_at timestamptz not null default now(),
        accepted_at timestamptz,
        sent_at timestamptz,
        delayed_at timestamptz,
        delivered_at timestamptz,
        ended_at timestamptz,
        state_at timestamptz not null default now(),
        unsubscribed_at timestamptz,
        -- When it was found in the provider's own list, after nobody had known whether it was taken.
        found_at timestamptz,
        month date not null,
        position smallint not null,
        -- Whether it carried a pixel, and links that count: else nobody knows whether it was opened or followed.
        opens_measured boolean not null default true,
        clicks_measured boolean not null default true,
        state text not null check (state in ('withheld', 'accepted', 'sent', 'delayed', 'delivered', 'bounced', 'complained', 'failed', 'suppressed', 'unconfirmed', 'cancelled')),
        reason text,
        note text,
        email text,
        provider_id text,
        primary key (workspace_id, month, campaign_id, contact_id)
      ) partition by range (month);
      create index messages_of_contact on messages (workspace_id, contact_id, campaign_id);
      create table partitions.messages_default partition of messages default;

      -- Service mail (a receipt, a parcel on its way): one person each, asked for by a program. mail is the whole of it, as
      -- it will leave, until it is known what became of it; then it is gone. Those that leave together are one call with
      -- one key; lot keeps together who must be called together after a refusal. lease_until of a sealed one: when to ask again.
      create sequence service_message_ids;
      create table service_messages (
        id bigint not null default nextval('service_message_ids'),
        workspace_id bigint not null references workspaces on delete cascade,
        contact_id bigint,
        email text,
        email_hash bytea not null,
        subject text,
        mail jsonb,
        state text not null default 'queued' check (state in ('queued', 'sealed', 'withheld', 'accepted', 'sent', 'delayed', 'delivered', 'bounced', 'complained', 'failed', 'suppressed', 'unconfirmed')),
        reason text,
        note text,
        once_key text,
        request_hash bytea,
        -- An answer to what the person asked for by right: their own no to our mails does not stop it.
        by_right boolean not null default false,
        lot bigint,
        call_key text,
        account text,
        fence bigint not null default 0,
        attempts int not null default 0,
        not_before timestamptz not null default now(),
        lease_until timestamptz,
        provider_id text,
        created_at timestamptz not null default now(),
        sealed_at timestamptz,
        accepted_at timestamptz,
        delivered_at timestamptz,
        ended_at timestamptz,
        found_at timestamptz,
        state_at timestamptz not null default now(),
        primary key (workspace_id, id)
      ) with (fillfactor = 70);
      create unique index service_messages_once on service_messages (workspace_id, once_key) where once_key is not null;
      create index service_messages_queued on service_messages (workspace_id, id) where state = 'queued';
      create index service_messages_sealed on service_messages (lease_until) where state = 'sealed';
      create index service_messages_of_contact on service_messages (workspace_id, contact_id) where contact_id is not null;

      -- The ways out of a workspace, in its order. credentials: encrypted JSON; null: the environment's (RESEND_API_KEY),
      -- which has a row only so that the provider can tell what became of its mails. settings: what may be shown of them.
      -- is_fallback: steps in when those before it cannot send. refused: the provider does not accept the credentials.
      create table provider_accounts (
        id bigint generated always as identity,
        workspace_id bigint not null references workspaces on delete cascade,
        kind text not null check (kind in ('resend', 'smtp', 'ses', 'postmark')),
        name text not null,
        credentials text,
        hint text not null,
        settings jsonb not null default '{}',
        account text not null,
        position int not null default 1,
        is_fallback boolean not null default false,
        webhook_key text not null unique,
        webhook_id text,
        webhook_secret text,
        webhook_url text,
        webhook_note text,
        status text not null default 'ok' check (status in ('ok', 'refused', 'off')),
        status_note text,
        last_event_at timestamptz,
        -- The provider's own suppression list: read when, up to where just now, by whom, and what was wrong.
        list_read_at timestamptz,
        list_after text,
        list_reading_since timestamptz,
        list_note text,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (workspace_id, id)
      );
      create unique index provider_accounts_once on provider_accounts (workspace_id, account) where credentials is not null;
      create unique index provider_accounts_of_environment on provider_accounts (workspace_id) where credentials is null;

      -- Which account a topic's mails go by first; topic 0 is service mail. Without a row: the first in the order.
      create table sending_routes (
        workspace_id bigint not null,
        topic_id bigint not null,
        provider_id bigint not null,
        primary key (workspace_id, topic_id),
        foreign key (workspace_id, provider_id) references provider_accounts on delete cascade
      );
      create index sending_routes_of_provider on sending_routes (workspace_id, provider_id);

      create table provider_events (
        id bigint generated always as identity,
        workspace_id bigint not null,
        event_id text not null,
        type text not null,
        body jsonb not null,
        occurred_at timestamptz not null,
        received_at timestamptz not null default now(),
        applied_at timestamptz,
        outcome text,
        attempts int not null default 0,
        not_before timestamptz not null default now(),
        primary key (workspace_id, id)
      );
      create unique index provider_events_once on provider_events (workspace_id, event_id);
      create index provider_events_waiting on provider_events (not_before, id) where applied_at is null;

      -- Calls of which nobody knows whether the provider took them, as long as its own list may tell: a batch, or a service
      -- mail. account: whom they were handed to. since: when they were given up.
      create table doubts (
        workspace_id bigint not null references workspaces on delete cascade,
        account text not null,
        call_kind text not null check (call_kind in ('batch', 'service_message')),
        call_id bigint not null,
        handed_over_at timestamptz not null,
        since timestamptz not null default clock_timestamp(),
        primary key (workspace_id, account, call_kind, call_id)
      );

      -- How far the list of an account was read for them, and when it is read again. A reading covers what was given up before
      -- it began; cursor: the provider's own, behind which it goes on. rounds: complete ones since somebody new came in doubt.
      -- witnessed: it showed a mail of which we know that it is there. fence: as of a batch.
      create table list_readings (
        workspace_id bigint not null references workspaces on delete cascade,
        account text not null,
        next_at timestamptz not null,
        began_at timestamptz,
        reaches_to timestamptz,
        cursor text,
        steps int not null default 0,
        rounds int not null default 0,
        witnessed boolean not null default false,
        failures int not null default 0,
        last_error text,
        fence bigint not null default 0,
        lease_until timestamptz,
        primary key (workspace_id, account)
      ) with (fillfactor = 50);
      create index list_readings_due on list_readings (next_at);

      -- Mails that came back, and automatic answers: what each was taken for, by which rule. Counted by address (its keyed
      -- hash), so that it does not matter whose it is by now. words: the server's own, without addresses.
      create table bounces (
        id bigint generated always as identity,
        workspace_id bigint not null references workspaces on delete cascade,
        class text not null check (class in ('hard', 'soft', 'block', 'auto_reply', 'unknown')),
        rule text not null,
        words text,
        at timestamptz not null,
        source text not null check (source in ('webhook', 'smtp', 'mailbox', 'list')),
        contact_id bigint,
        campaign_id bigint,
        service_message_id bigint,
        address_hash bytea,
        created_at timestamptz not null default now(),
        primary key (workspace_id, id)
      );
      create index bounces_of_address on bounces (workspace_id, address_hash, at);
      create index bounces_of_contact on bounces (workspace_id, contact_id) where contact_id is not null;
      create index bounces_of_campaign on bounces (workspace_id, campaign_id, class);

      -- A domain that mail is sent from, watched: what the provider wants in its DNS and what was seen there. findings: by
      -- check, each with the time it was made. check_no: a later check's answers win over a slower one's before it.
      create table sending_domains (
        id bigint generated always as identity,
        workspace_id bigint not null references workspaces on delete cascade,
        domain text not null,
        return_path text not null,
        dkim_selectors text[] not null default '{}',
        reply_to_domain text,
        provider_id text,
        provider_status text,
        provider_region text,
        -- Its own tracking is on, which asks nobody.
        provider_tracks boolean not null default false,
        provider_records jsonb not null default '[]',
        provider_note text,
        records jsonb not null default '[]',
        findings jsonb not null default '{}',
        level text check (level in ('ok', 'unknown', 'warn', 'block')),
        check_no int not null default 0,
        checking_since timestamptz,
        checked_at timestamptz,
        created_at timestamptz not null default now(),
        primary key (workspace_id, id)
      );
      create unique index sending_domains_once on sending_domains (workspace_id, domain);
      create index sending_domains_due on sending_domains (checked_at nulls first);

      -- With what this installation signs its receipts (Ed25519). The id is the thumbprint of the public key (RFC 7638), the
      -- private one is encrypted. A retired key signs no more; what it signed can still be checked.
      create table signing_keys (
        id text primary key,
        public_key text not null,
        private_key text not null,
        created_at timestamptz not null default now(),
        retired_at timestamptz
      );
      create unique index signing_keys_in_use on signing_keys ((true)) where retired_at is null;

      -- Where a workspace's bounces come to when it sends by SMTP: read by IMAP, one each. password: encrypted; null: it is
      -- opened by what mailbox_grants holds. uid_validity and last_uid: how far it was read. lease_until: somebody reads it at this moment.
      create table bounce_mailboxes (
        id bigint generated always as identity,
        workspace_id bigint not null unique references workspaces on delete cascade,
        address text not null,
        host text not null,
        port int not null,
        security text not null check (security in ('tls', 'starttls', 'none')),
        username text not null,
        password text,
        folder text not null,
        after_reading text not null check (after_reading in ('keep', 'seen', 'move')),
        move_to text,
        uid_validity bigint,
        last_uid bigint not null default 0,
        checked_at timestamptz,
        next_check_at timestamptz not null default now(),
        lease_until timestamptz,
        failures int not null default 0,
        last_error text,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (workspace_id, id)
      );
      create index bounce_mailboxes_due on bounce_mailboxes (next_check_at);

      -- What somebody's consent gave an app of the workspace's owner (RFC 6749): app: which one, and how its provider is asked;
      -- client_secret and both tokens: encrypted. fresh_until: then the access token is renewed, by one worker at a time
      -- (refreshing_until). ended_at, ended_why: the provider takes it no more, and somebody has to sign in again.
      create table mailbox_grants (
        workspace_id bigint primary key references bounce_mailboxes (workspace_id) on delete cascade,
        app jsonb not null,
        client_secret text not null,
        refresh_token text not null,
        access_token text not null,
        fresh_until timestamptz not null,
        refreshing_until timestamptz,
        ended_at timestamptz,
        ended_why text
      );

      -- Sign-ins that somebody is on their way to: one a session, known by the hash of its state, for ten minutes. sealed: what
      -- is kept when it succeeds, encrypted. Unlogged: after a crash, or in a backup, it is worth nothing.
      create unlogged table mailbox_sign_ins (
        workspace_id bigint not null references workspaces on delete cascade,
        session_mark text not null,
        user_id bigint not null references users on delete cascade,
        state_hash text not null,
        sealed text not null,
        expires_at timestamptz not null,
        primary key (workspace_id, session_mark)
      );
      create index mailbox_sign_ins_over on mailbox_sign_ins (expires_at);

      -- A sending domain that mailbox providers do not know yet: so many mails a day, more each day. day and taken: today's.
      create table warm_ups (
        workspace_id bigint not null references workspaces on delete cascade,
        domain text not null,
        curve text not null check (curve in ('new', 'existing')),
        started_on date not null default (now() at time zone 'UTC')::date,
        day date not null default '-infinity',
        taken int not null default 0,
        primary key (workspace_id, domain)
      );

      -- One row per provider account (not per workspace: the environment's key may serve many): how many calls the
      -- present second still has, shared by all workers.
      create table rate_budgets (
        account text primary key,
        per_second int not null,
        remaining int not null,
        -- Of a fifth more that campaigns never touch: what service mail still has.
        kept_remaining int not null default 1,
        window_ends_at timestamptz not null default now(),
        -- The provider is in trouble: nobody calls.
        paused_until timestamptz,
        pause_reason text,
        -- The quota is used up: nothing new leaves. A key that was used before is answered as it was, and costs none.
        quota_until timestamptz,
        quota_note text,
        failures int not null default 0,
        updated_at timestamptz not null default now()
      ) with (fillfactor = 50);

      -- Recipients' domains (large mailbox providers as one) that defer mail of an account: deferrals and arrivals of ten
      -- minutes are counted; once they are too many, per_minute mails may leave, halved when it goes on, grown while it does not.
      create table domain_paces (
        account text not null,
        domain text not null,
        per_minute int,
        -- Mails that may leave now; below zero: some left beforehand.
        tokens float8 not null default 0,
        refilled_at timestamptz not null default now(),
        used_at timestamptz,
        last_shipment bigint not null default 0,
        deferred int not null default 0,
        arrived int not null default 0,
        since timestamptz not null default now(),
        last_deferral_at timestamptz not null,
        cut_at timestamptz,
        grown_at timestamptz,
        primary key (account, domain)
      ) with (fillfactor = 50);
      alter table batches add foreign key (parked_for, domain) references domain_paces on delete set null (parked_for);

      -- What an account may send and has sent, as its provider told, so that it is known before. No limit: the plan has
      -- none, or (is_told false) its key may not ask and the headers of answers say only what is used.
      create table quotas (
        account text primary key,
        is_told boolean not null,
        daily_used int,
        daily_limit int,
        daily_resets_at timestamptz,
        monthly_used int,
        monthly_limit int,
        monthly_resets_at timestamptz,
        asked_at timestamptz,
        updated_at timestamptz not null default now()
      );

      -- The first moment, from this one on, at which a reader in that zone may be written to; the fallback's clock where the
      -- zone is unknown. quiet: { from: '21:00', to: '08:00', days_off: [6, 7] } by the reader's clock, days as ISO 8601 counts them.
      -- A time that a change of clocks leaves out is the one an hour later, one that comes twice the second.
      create function after_quiet_hours(moment timestamptz, zone text, fallback text, quiet jsonb) returns timestamptz
      language plpgsql stable as $$
      declare
        here text := coalesce(zone, fallback);
        clock timestamp;
        starts time := quiet ->> 'from';
        ends time := quiet ->> 'to';
        days_off jsonb := coalesce(quiet -> 'days_off', '[]');
        has_moved boolean := false;
      begin
        if starts is null then return moment; end if;
        begin
          clock := moment at time zone here;
        exception when invalid_parameter_value then
          here := fallback;
          clock := moment at time zone here;
        end;
        for step in 1..20 loop
          if days_off @> to_jsonb(extract(isodow from clock)::int) then
            clock := clock::date + 1;
          elsif starts < ends and clock::time >= starts and clock::time < ends then
            clock := clock::date + ends;
          elsif starts > ends and clock::time >= starts then
            clock := clock::date + 1 + ends;
          elsif starts > ends and clock::time < ends then
            clock := clock::date + ends;
          else
            exit;
          end if;
          has_moved := true;
        end loop;
        return case when has_moved then clock at time zone here else moment end;
      end $$;
    
`)
  }

  async down() {
    this.schema.raw(`

      drop table doubts, list_readings, mailbox_sign_ins, mailbox_grants, bounce_mailboxes, signing_keys, bounces, rate_budgets, quotas, warm_ups, sending_domains, provider_events, sending_routes, provider_accounts, service_messages, messages, batches, domain_paces, exclusions, sending_watch, shipments;
      drop sequence batch_fences;
      drop sequence service_message_ids;
      drop function after_quiet_hours;
    `)
  }
}
