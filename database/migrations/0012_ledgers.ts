import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * What may be added to and never changed, whoever asks. Two walls: web and worker sign in as a role that has no right to
 * change a ledger (`grant_app_rights`; who has made it owns the tables and does migrations, nothing else), and triggers that
 * let nothing pass but what the few functions here do, also where one role does everything.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      -- pg-boss makes its tables in it, as whoever web and worker sign in as.
      create schema if not exists jobs;

      -- The chains of people who never were (the demo): from their first entry on, or never. Only these may go.
      alter table consent_chains add column demo boolean not null default false;
      update consent_chains chain set demo = true from contacts person
      where person.workspace_id = chain.workspace_id and person.id = chain.contact_id and person.demo;

      -- What the ledger of a workspace held when it was sealed: the entries after since_id up to until_id, but for the demo's, as a digest
      -- of their hashes. Signed with a key that is not in the database, each over the one before, so that whoever owns the
      -- database cannot take a chain away and leave no trace (app/consent/seal_ledger.ts).
      create table consent_seals (
        workspace_id bigint not null,
        no int not null,
        since_id bigint not null,
        until_id bigint not null check (until_id > since_id),
        entries bigint not null check (entries > 0),
        digest bytea not null,
        sealed_at timestamptz not null,
        signature bytea not null,
        primary key (workspace_id, no)
      );

      -- As the owner, whose functions these are; their callers have no such rights. No name in them is looked up where a
      -- caller could have put something else.
      drop function if exists redact_consent_entries(bigint, bigint);

      -- GDPR art. 17: takes the personal facts of one person out of the ledger. Who agreed to what and when stays.
      create function redact_consent_entries(of_workspace bigint, of_contact bigint) returns bigint
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
      declare redacted bigint;
      begin
        update public.consent_entries
           set ip = null, user_agent = null, reason = null, actor_label = 'erased', personal_salt = null, redacted_at = now()
         where workspace_id = of_workspace and contact_id = of_contact and (redacted_at is null or actor_label <> 'erased');
        get diagnostics redacted = row_count;
        return redacted;
      end $$;

      -- Age: from where somebody declared something, three years after what they agreed to came to its end, at the earliest.
      -- Who wrote it down and why stays; the salt goes, for without the address it checks nothing.
      create function forget_consent_origins(of_workspace bigint, before timestamptz, most int) returns bigint
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
      declare forgotten bigint;
      begin
        if before > now() - interval '1095 days' then raise exception 'Too early to forget'; end if;
        update public.consent_entries set ip = null, user_agent = null, personal_salt = null, redacted_at = coalesce(redacted_at, now())
         where workspace_id = of_workspace and id in (
           select entry.id from public.consent_entries entry
            where entry.workspace_id = of_workspace and (entry.ip is not null or entry.user_agent is not null)
              and entry.recorded_at < before and exists (
                select from public.consents stand
                 where stand.workspace_id = entry.workspace_id and stand.contact_id = entry.contact_id
                   and stand.channel = entry.channel and stand.topic_id = entry.topic_id and stand.since < before
                   and (stand.status <> 'granted' or stand.expires_at < before))
            order by entry.id limit most for update skip locked);
        get diagnostics forgotten = row_count;
        return forgotten;
      end $$;

      -- The same in the audit, after a week at the earliest.
      create function forget_audit_origins(of_workspace bigint, before timestamptz, most int) returns bigint
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
      declare forgotten bigint;
      begin
        if before > now() - interval '7 days' then raise exception 'Too early to forget'; end if;
        update public.audit_entries set ip = null where workspace_id = of_workspace and id in (
          select id from public.audit_entries where workspace_id = of_workspace and ip is not null and created_at < before
           order by id limit most for update skip locked);
        get diagnostics forgotten = row_count;
        return forgotten;
      end $$;

      -- The same in the audit: from where a person did what they did themselves, and why their address (by its keyed hash, in
      -- hexadecimal digits) was let receive again.
      create function redact_audit_entries(of_workspace bigint, of_contact bigint, of_address text) returns void
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
      begin
        update public.audit_entries set ip = null
         where workspace_id = of_workspace and actor_kind = 'person' and actor_id = of_contact and ip is not null;
        update public.audit_entries set details = details - 'reason'
         where workspace_id = of_workspace and subject_type = 'suppression' and details->>'address_hash' = of_address
           and details->'reason' is not null;
      end $$;

      -- The ledger of people who never were, the wordings that nobody else was told, and what was shown of invented forms.
      create function remove_demo_ledger(of_workspace bigint) returns void
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
      begin
        delete from public.consent_entries entry using public.consent_chains chain
         where chain.workspace_id = of_workspace and chain.demo
           and entry.workspace_id = chain.workspace_id and entry.contact_id = chain.contact_id;
        delete from public.consent_chains where workspace_id = of_workspace and demo;
        delete from public.consent_wordings wording
         where wording.workspace_id = of_workspace and wording.demo and not exists (
           select from public.consent_entries entry
            where entry.workspace_id = wording.workspace_id and entry.wording_id = wording.id);
        delete from public.form_versions version using public.forms form
         where form.workspace_id = of_workspace and form.demo and version.demo
           and version.workspace_id = form.workspace_id and version.form_id = form.id;
      end $$;

      -- Making a partition and gathering statistics are the owner's, too.
      create or replace function ensure_month_partitions(wanted date) returns void
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
      declare
        first_day date := date_trunc('month', wanted)::date;
        name text;
        parent text;
      begin
        foreach parent in array array['messages', 'engagements'] loop
          name := parent || '_' || to_char(first_day, 'YYYYMM');
          if to_regclass('partitions.' || name) is null then
            -- A message changes a few times in its first days: room for that in its own page keeps the indexes still.
            execute format('create table if not exists partitions.%I partition of public.%I for values from (%L) to (%L)%s',
              name, parent, first_day, (first_day + interval '1 month')::date,
              case parent when 'messages' then ' with (fillfactor = 60)' else '' end);
          end if;
        end loop;
      end $$;

      create function refresh_statistics(of_table name, of_columns name[] default null) returns void
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
      begin
        execute format('analyze public.%I%s', of_table,
          (select ' (' || string_agg(quote_ident(name), ', ') || ')' from unnest(of_columns) as name));
      end $$;

      -- The triggers: what these functions do passes, from nobody else. By the shape of the change, so that also who has
      -- every right (one role for everything, a migration, a person with psql) changes no more than that.
      create function is_keeper() returns boolean
      language sql stable set search_path = pg_catalog, pg_temp as $$
        select pg_get_userbyid(proowner) = current_user
          from pg_proc where oid = 'public.redact_consent_entries(bigint, bigint)'::regprocedure
      $$;

      create function refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
      end $$;

      create function keep_consent_entry() returns trigger
      language plpgsql set search_path = pg_catalog, pg_temp as $$
      declare redacted public.consent_entries := old;
      begin
        if tg_op = 'DELETE' and public.is_keeper() and exists (
          select from public.consent_chains
           where workspace_id = old.workspace_id and contact_id = old.contact_id and demo) then
          return old;
        end if;
        if tg_op = 'UPDATE' and public.is_keeper() and (old.redacted_at is null or old.actor_label <> 'erased') then
          redacted.ip := null;
          redacted.user_agent := null;
          redacted.reason := null;
          redacted.actor_label := 'erased';
          redacted.personal_salt := null;
          redacted.redacted_at := now();
          if new *= redacted then return new; end if;
        end if;
        if tg_op = 'UPDATE' and public.is_keeper() and old.recorded_at < now() - interval '1095 days' then
          redacted := old;
          redacted.ip := null;
          redacted.user_agent := null;
          redacted.personal_salt := null;
          redacted.redacted_at := coalesce(old.redacted_at, now());
          if new *= redacted then return new; end if;
        end if;
        raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
      end $$;

      create function keep_audit_entry() returns trigger
      language plpgsql set search_path = pg_catalog, pg_temp as $$
      declare redacted public.audit_entries := old;
      begin
        if tg_op = 'UPDATE' and public.is_keeper()
          and (old.actor_kind = 'person' or old.created_at < now() - interval '7 days') then
          redacted.ip := null;
          if new *= redacted then return new; end if;
        end if;
        if tg_op = 'UPDATE' and public.is_keeper() and old.subject_type = 'suppression' then
          redacted := old;
          redacted.details := old.details - 'reason';
          if new *= redacted then return new; end if;
        end if;
        raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
      end $$;

      create function keep_unless_demo() returns trigger
      language plpgsql set search_path = pg_catalog, pg_temp as $$
      begin
        if tg_op = 'DELETE' and public.is_keeper() and old.demo then return old; end if;
        raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
      end $$;

      -- A chain may go only when its person never was: marked so, and at an address that is nobody's (RFC 6761 §6.2).
      create function refuse_inventing() returns trigger
      language plpgsql set search_path = pg_catalog, pg_temp as $$
      begin
        if not exists (select from public.contacts person
          where person.workspace_id = new.workspace_id and person.id = new.contact_id and person.demo and person.email like '%.test') then
          raise exception 'This person is real: % is append-only for them', tg_table_name using errcode = 'insufficient_privilege';
        end if;
        return new;
      end $$;

      drop trigger if exists append_only on consent_entries;
      drop trigger if exists append_only_whole on consent_entries;
      drop trigger if exists append_only on consent_wordings;
      drop trigger if exists append_only_whole on consent_wordings;
      drop trigger if exists append_only on audit_entries;
      drop function if exists refuse_ledger_change();

      create trigger append_only before update or delete on consent_entries
        for each row execute function keep_consent_entry();
      create trigger append_only_whole before truncate on consent_entries
        for each statement execute function refuse_change();
      create trigger append_only before update or delete on consent_wordings
        for each row execute function keep_unless_demo();
      create trigger append_only_whole before truncate on consent_wordings
        for each statement execute function refuse_change();
      create trigger append_only before update or delete on audit_entries
        for each row execute function keep_audit_entry();
      create trigger append_only_whole before truncate on audit_entries
        for each statement execute function refuse_change();
      create trigger append_only before update or delete on form_versions
        for each row execute function keep_unless_demo();
      create trigger append_only_whole before truncate on form_versions
        for each statement execute function refuse_change();
      create trigger append_only before update or delete on consent_seals
        for each row execute function refuse_change();
      create trigger append_only_whole before truncate on consent_seals
        for each statement execute function refuse_change();
      -- The end of a chain moves with each entry; it goes only with the chain, and whose it is stays.
      create trigger append_only before delete on consent_chains
        for each row execute function keep_unless_demo();
      create trigger append_only_whole before truncate on consent_chains
        for each statement execute function refuse_change();
      create trigger stays_real before update of demo, workspace_id, contact_id on consent_chains
        for each row execute function refuse_change();
      create trigger only_invented before insert on consent_chains
        for each row when (new.demo) execute function refuse_inventing();
      -- Always: a session that plays a replica (session_replication_role) is stopped, too.
      alter table consent_entries enable always trigger append_only;
      alter table consent_entries enable always trigger append_only_whole;
      alter table consent_wordings enable always trigger append_only;
      alter table consent_wordings enable always trigger append_only_whole;
      alter table form_versions enable always trigger append_only;
      alter table form_versions enable always trigger append_only_whole;
      alter table audit_entries enable always trigger append_only;
      alter table audit_entries enable always trigger append_only_whole;
      alter table consent_seals enable always trigger append_only;
      alter table consent_seals enable always trigger append_only_whole;
      alter table consent_chains enable always trigger append_only;
      alter table consent_chains enable always trigger append_only_whole;
      alter table consent_chains enable always trigger stays_real;
      alter table consent_chains enable always trigger only_invented;

      -- What the role that web and worker sign in as may do, and no more: everything with the rows of a table, except what
      -- a trigger append_only watches for. It owns the schema jobs and nothing else. Called by the owner after each
      -- migration; a second time it finds nothing to do.
      create function grant_app_rights(app name) returns void
      language plpgsql set search_path = pg_catalog, pg_temp as $$
      declare
        its_id oid := (select oid from pg_roles where rolname = app);
        item record;
      begin
        if its_id is null then
          raise exception 'There is no role %', app using errcode = 'undefined_object';
        end if;
        for item in
          select privilege from unnest(array['connect', 'temporary']) as privilege
           where not has_database_privilege(its_id, current_database(), privilege)
        loop
          execute format('grant %s on database %I to %I', item.privilege, current_database(), app);
        end loop;
        for item in
          select schema from unnest(array['public', 'partitions']) as schema where not has_schema_privilege(its_id, schema, 'usage')
        loop
          execute format('grant usage on schema %I to %I', item.schema, app);
        end loop;

        for item in
          with watched as (
            select tgrelid as id, bit_or(tgtype::int) as events from pg_trigger
             where tgname in ('append_only', 'append_only_whole') group by tgrelid
          ), rights as (
            select class.oid, class.relacl, case
                when class.relname like 'adonis\\_schema%' then 'SELECT'
                else concat_ws(', ', case when coalesce(events, 0) & 8 = 0 then 'DELETE' end, 'INSERT', 'SELECT',
                  case when coalesce(events, 0) & 16 = 0 then 'UPDATE' end)
              end as wanted
            from pg_class class left join watched on watched.id = class.oid
            where class.relnamespace = 'public'::regnamespace and class.relkind in ('r', 'p')
              and pg_has_role(class.relowner, 'usage')
          )
          select oid::regclass as table, wanted from rights
           where wanted is distinct from (
             select string_agg(distinct privilege_type, ', ' order by privilege_type) from aclexplode(relacl) where grantee = its_id)
        loop
          execute format('revoke all on %s from %I', item.table, app);
          execute format('grant %s on %s to %I', item.wanted, item.table, app);
        end loop;

        for item in
          select oid::regclass as sequence from pg_class
           where relnamespace = 'public'::regnamespace and pg_has_role(relowner, 'usage')
             and case when relkind = 'S' then not has_sequence_privilege(its_id, oid, 'usage') end
        loop
          execute format('grant usage on sequence %s to %I', item.sequence, app);
        end loop;

        for item in
          select oid::regprocedure as function from pg_proc
           where pronamespace = 'public'::regnamespace and prosecdef and pg_has_role(proowner, 'usage')
             and not has_function_privilege(its_id, oid, 'execute')
        loop
          execute format('grant execute on function %s to %I', item.function, app);
        end loop;

        for item in
          select format('schema %I', nspname) as name from pg_namespace where nspname = 'jobs' and nspowner <> its_id
          union all
          select format('table %s', oid::regclass) from pg_class
           where relnamespace = 'jobs'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S') and relowner <> its_id
             and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = pg_class.oid and deptype in ('a', 'i') and relkind = 'S')
          union all
          select format('type %s', oid::regtype) from pg_type
           where typnamespace = 'jobs'::regnamespace and typtype in ('e', 'd') and typowner <> its_id
          union all
          select format('routine %s', oid::regprocedure) from pg_proc
           where pronamespace = 'jobs'::regnamespace and proowner <> its_id
        loop
          execute format('alter %s owner to %I', item.name, app);
        end loop;
      end $$;

      revoke execute on function redact_consent_entries, redact_audit_entries, forget_consent_origins, forget_audit_origins, remove_demo_ledger, ensure_month_partitions,
        refresh_statistics, grant_app_rights from public;
    `)
  }

  async down() {
    this.schema.raw(`
      drop function grant_app_rights;
      drop table consent_seals;
      drop trigger stays_real on consent_chains;
      drop trigger only_invented on consent_chains;
      drop trigger append_only on form_versions;
      drop trigger append_only_whole on form_versions;
      drop trigger append_only on consent_chains;
      drop trigger append_only_whole on consent_chains;
      drop trigger append_only on consent_entries;
      drop trigger append_only_whole on consent_entries;
      drop trigger append_only on consent_wordings;
      drop trigger append_only_whole on consent_wordings;
      drop trigger append_only on audit_entries;
      drop trigger append_only_whole on audit_entries;
      drop function keep_consent_entry, keep_audit_entry, keep_unless_demo, refuse_change, refuse_inventing, is_keeper;
      drop function redact_consent_entries, redact_audit_entries, forget_consent_origins, forget_audit_origins, remove_demo_ledger, ensure_month_partitions, refresh_statistics;
      alter table consent_chains drop column demo;
    `)
  }
}
