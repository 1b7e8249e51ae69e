import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { test } from '@japa/runner'
import { sealLedger, verifyLedger } from '#consent'
import { audit, theSystem } from '#identity'
import { plantPeople, plantTopic, record } from '#tests/support/consent'
import { owner } from '#tests/support/owner'
import { bakery } from '#tests/support/workspace'

const LEDGERS = [
  'consent_entries',
  'consent_wordings',
  'form_versions',
  'consent_chains',
  'consent_seals',
  'audit_entries',
]

/** A bakery where Ada and Ben said yes, from somewhere, and wrote in the audit. */
async function ledgers() {
  const { workspace } = await bakery()
  const topic = await plantTopic(workspace)
  const [ada, ben] = await plantPeople(workspace, ['ada@example.com', 'ben@example.com'])
  const circumstances = { ip: '203.0.113.7', userAgent: 'Firefox', reason: 'at the counter' }
  await record(workspace, topic, [ada, ben], circumstances)
  await record(workspace, topic, [ada], { ...circumstances, action: 'withdraw' })
  for (const id of [ada, ben]) {
    const actor = { ...theSystem, kind: 'person' as const, id, ip: '203.0.113.7' }
    const subject = { type: 'contact', id }
    await db.transaction((trx) => audit('consent.wish', { workspaceId: workspace.id, actor, subject, trx }))
  }
  await db.table('form_versions').insert({
    workspace_id: workspace.id,
    form_id: 1,
    version: 1,
    definition: JSON.stringify({ title: 'Newsletter' }),
    changed_by: 'Ada',
  })
  await sealLedger({ workspaceId: workspace.id })
  return { workspace, topic, ada, ben, mine: { workspace_id: workspace.id } }
}

/** Does something in a transaction that is rolled back, whatever comes of it. */
async function tried<T>(work: (trx: TransactionClientContract) => Promise<T>, client: any = db): Promise<T> {
  const trx = await client.transaction()
  try {
    return await work(trx)
  } finally {
    await trx.rollback()
  }
}

const refusalOf = (statement: string, client: any = db): Promise<string> =>
  tried((trx) => trx.rawQuery(statement), client).then(
    () => 'not refused',
    (error) => error.message
  )

test.group('The role that web and worker sign in as', () => {
  for (const table of LEDGERS) {
    test(`may do nothing to ${table} but add`, async ({ assert }) => {
      await ledgers()
      const { rows } = await db.rawQuery(
        `select attname as name from pg_attribute where attrelid = ?::regclass and attnum > 0 and attidentity = ''`,
        [table]
      )
      assert.isNotEmpty(rows)
      const changes =
        table === 'consent_chains' ? [] : rows.map(({ name }: any) => `update ${table} set ${name} = null`)
      for (const statement of [
        ...changes,
        `delete from ${table}`,
        `truncate ${table}`,
        `truncate ${table} cascade`,
        `alter table ${table} disable trigger all`,
        `alter table ${table} add column more int`,
        `alter table ${table} owner to current_user`,
        `alter table ${table} enable row level security`,
        `drop trigger append_only on ${table}`,
        `create trigger more before insert on ${table} for each row execute function refuse_change()`,
        `create rule more as on insert to ${table} do instead nothing`,
        `create policy more on ${table}`,
        `drop table ${table} cascade`,
      ]) {
        assert.match(await refusalOf(statement), /permission denied|must be owner/, statement)
      }
    })
  }

  test('cannot get more rights, nor change what keeps the ledgers', async ({ assert }) => {
    await ledgers()
    const { rows } = await owner().rawQuery('select current_user as name')
    for (const statement of [
      `set role ${rows[0].name}`,
      `set session authorization ${rows[0].name}`,
      'set session_replication_role = replica',
      `select grant_app_rights(current_user)`,
      `create role another`,
      `create table public.mine (id int)`,
      `create function public.mine() returns int language sql as 'select 1'`,
      `create schema mine`,
      `create or replace function keep_consent_entry() returns trigger language plpgsql as 'begin return new; end'`,
      `create or replace function is_keeper() returns boolean language sql as 'select true'`,
      `alter function redact_consent_entries security invoker`,
      `drop function refuse_change cascade`,
      `delete from adonis_schema`,
      `select setval('consent_entries_id_seq', 1)`,
      `truncate partitions.messages_default`,
      `update consent_chains set demo = true`,
      `update consent_chains set contact_id = contact_id + 1`,
    ]) {
      assert.match(await refusalOf(statement), /permission denied|must be owner|append-only/, statement)
    }
  })

  test('has the rights that each table needs, and of no table more', async ({ assert }) => {
    const { rows } = await db.rawQuery(
      `select relname as name, array(select privilege from unnest(array['select', 'insert', 'update', 'delete', 'truncate',
           'references', 'trigger']) as privilege where has_table_privilege(oid, privilege)) as rights
       from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`
    )
    const kept: Record<string, string[]> = {
      consent_entries: ['select', 'insert'],
      consent_wordings: ['select', 'insert'],
      form_versions: ['select', 'insert'],
      consent_seals: ['select', 'insert'],
      audit_entries: ['select', 'insert'],
      consent_chains: ['select', 'insert', 'update'],
      adonis_schema: ['select'],
      adonis_schema_versions: ['select'],
    }
    const rights = Object.fromEntries(rows.map(({ name, rights: held }: any) => [name, held]))
    const expected = rows.map(({ name }: any) => [name, kept[name] ?? ['select', 'insert', 'update', 'delete']])
    assert.deepEqual(rights, Object.fromEntries(expected))
    assert.containsSubset(rights, kept)
  })

  test('gets its rights to what later migrations bring', async ({ assert }) => {
    await tried(async (trx) => {
      const role = (await db.rawQuery('select current_user as name')).rows[0].name
      const may = async () =>
        (
          await trx.rawQuery(`select has_table_privilege(?, 'brought_later', 'select, insert, update, delete') as so`, [
            role,
          ])
        ).rows[0].so
      await trx.rawQuery('create table brought_later (id int)')
      assert.isFalse(await may())
      await trx.rawQuery('select grant_app_rights(?)', [role])
      assert.isTrue(await may())
    }, owner())
  })
})

test.group('What the functions of the owner do', () => {
  test('none is for everybody, and none looks a name up where its caller could have put something', async ({
    assert,
  }) => {
    const { rows } = await db.rawQuery(
      `select proname as name, proconfig as settings, pg_get_userbyid(proowner) <> current_user as others,
         exists (select from aclexplode(coalesce(proacl, acldefault('f', proowner))) where grantee = 0) as public
       from pg_proc where pronamespace = 'public'::regnamespace and prosecdef order by 1`
    )
    assert.deepEqual(
      rows.map(({ name }: any) => name),
      [
        'ensure_month_partitions',
        'forget_audit_origins',
        'forget_consent_origins',
        'redact_audit_entries',
        'redact_consent_entries',
        'refresh_statistics',
        'remove_demo_ledger',
      ]
    )
    for (const row of rows) {
      const { name } = row
      assert.deepEqual(row, { name, settings: ['search_path=pg_catalog, pg_temp'], others: true, public: false })
    }
  })

  test('erasure takes the personal facts of one person, nothing else, and the chain holds', async ({ assert }) => {
    const { workspace, ada, ben, mine } = await ledgers()
    const all = () => db.from('consent_entries').where(mine).orderBy('id')
    const before = await all()
    const redact = async (workspaceId: number, contactId: number) =>
      (await db.rawQuery('select redact_consent_entries(?, ?) as n', [workspaceId, contactId])).rows[0].n
    const elsewhere = await bakery()
    assert.equal(await redact(elsewhere.workspace.id, ada), 0)
    assert.deepEqual(await all(), before)

    assert.equal(await redact(workspace.id, ada), 2)
    assert.equal(await redact(workspace.id, ada), 0)
    const gone = { ip: null, user_agent: null, reason: null, actor_label: 'erased', personal_salt: null }
    const after = await all()
    assert.deepEqual(
      after.map((entry) => ({ ...entry, redacted_at: null })),
      before.map((entry) => (entry.contact_id === ada ? { ...entry, ...gone } : entry))
    )
    assert.isNull(after.find((entry) => entry.contact_id === ben).redacted_at)
    assert.deepEqual((await verifyLedger({ workspaceId: workspace.id })).breaks, [])
  })

  test('the audit forgets from where one person did something, and why their address was let go, of nobody else', async ({
    assert,
  }) => {
    const { workspace, ada, ben, mine } = await ledgers()
    const told = (actor: Partial<typeof theSystem>, subject: string, details: object = {}) =>
      db.transaction((trx) =>
        audit('looked_at', {
          workspaceId: workspace.id,
          actor: { ...theSystem, ...actor, ip: '203.0.113.8' },
          subject: { type: subject, id: ada },
          details: { ...details },
          trx,
        })
      )
    await told({ kind: 'user', id: ada }, 'contact', { reason: 'asked', address_hash: 'ada' })
    for (const hash of ['ada', 'ben']) await told({}, 'suppression', { reason: 'asked', address_hash: hash })
    const all = () => db.from('audit_entries').where(mine).orderBy('id')
    const before = await all()
    const redact = (workspaceId: number) =>
      db.rawQuery('select redact_audit_entries(?, ?, ?)', [workspaceId, ada, 'ada'])
    await redact((await bakery()).workspace.id)
    assert.deepEqual(await all(), before)
    await redact(workspace.id)
    const forgotten = (entry: any) => {
      if (entry.actor_kind === 'person' && entry.actor_id === ada) return { ...entry, ip: null }
      const isTheirs = entry.subject_type === 'suppression' && entry.details.address_hash === 'ada'
      return isTheirs ? { ...entry, details: { address_hash: 'ada' } } : entry
    }
    assert.deepEqual(await all(), before.map(forgotten))
    assert.notDeepEqual(before.map(forgotten), before)
    assert.isNotNull(before.find((entry) => entry.actor_id === ben).ip)
  })

  test('the ledger of people who never were goes, no other, also when somebody calls the others invented', async ({
    assert,
  }) => {
    const { workspace, ada, mine } = await ledgers()
    const counts = async () => Promise.all(LEDGERS.map(async (table) => (await db.from(table).where(mine)).length))
    const before = await counts()
    await db.from('contacts').where(mine).update({ demo: true })
    await db.rawQuery('select remove_demo_ledger(?)', [workspace.id])
    assert.deepEqual(await counts(), before)
    await assert.rejects(() => db.from('consent_chains').where(mine).update({ demo: true }), /append-only/)
    await assert.rejects(
      () =>
        db.rawQuery(
          `insert into consent_chains (workspace_id, contact_id, entries, hash, demo) values (?, ?, 1, '', true)
           on conflict (workspace_id, contact_id) do update set demo = excluded.demo`,
          [workspace.id, ada]
        ),
      /append-only/
    )
  })

  test('nobody real begins with a chain that may go, whoever calls them invented', async ({ assert }) => {
    const { workspace } = await bakery()
    const [cara] = await plantPeople(workspace, ['cara@example.com'])
    const chain = { workspace_id: workspace.id, contact_id: cara, entries: 1, hash: Buffer.of(1), demo: true }
    await assert.rejects(() => db.table('consent_chains').insert(chain), /This person is real/)
    await db.from('contacts').where('id', cara).update({ demo: true })
    await assert.rejects(() => db.table('consent_chains').insert(chain), /This person is real/)
    const asReplica = tried(async (trx) => {
      await trx.rawQuery('set local session_replication_role = replica')
      await trx.table('consent_chains').insert(chain)
    }, owner())
    // whoever may say so at all, which on our own PostgreSQL nobody may
    await assert.rejects(() => asReplica, /This person is real|permission denied to set parameter/)
  })

  test('a form that was shown stays as it was shown, and an invented one goes with the demo', async ({ assert }) => {
    const { workspace, mine } = await ledgers()
    const own = () => db.from('form_versions').where({ ...mine, form_id: 1 })
    for (const demo of [true, false]) {
      await assert.rejects(() => own().update({ demo }), /permission denied/)
      await assert.rejects(() => owner().from('form_versions').where(mine).update({ demo }), /append-only/)
    }
    await db.rawQuery('select remove_demo_ledger(?)', [workspace.id])
    assert.lengthOf(await own(), 1)
  })

  test('what their caller puts in the way of a name is not found', async ({ assert }) => {
    const { workspace, ada, mine } = await ledgers()
    const entries = await tried(async (trx) => {
      // the one place where our role may put functions, and a temporary schema for tables
      await trx.rawQuery(`
        create function jobs.now() returns timestamptz language sql as $$ select timestamptz '2001-01-01' $$;
        create function jobs.is_keeper() returns boolean language sql as $$ select true $$;
        create function jobs.format(text, name, text) returns text language sql as $$ select 'drop table public.consents' $$;
        create function jobs.never(bigint, bigint) returns boolean language sql as $$ select false $$;
        create operator jobs.= (function = jobs.never, leftarg = bigint, rightarg = bigint);
        create temp table consent_entries (like public.consent_entries);
        create temp table audit_entries (like public.audit_entries);
        create temp table pg_proc (oid oid, proowner oid);
        set local search_path = jobs, pg_temp, public, pg_catalog`)
      await trx.rawQuery('select public.redact_consent_entries(?, ?)', [workspace.id, ada])
      await trx.rawQuery('select public.redact_audit_entries(?, ?, ?)', [workspace.id, ada, 'x'])
      await trx.rawQuery(`select public.refresh_statistics('consents')`)
      await trx.rawQuery('set local search_path = public')
      return trx
        .from('public.consent_entries')
        .where({ ...mine, contact_id: ada })
        .select('reason', 'redacted_at')
    })
    assert.lengthOf(entries, 2)
    for (const { reason, redacted_at: at } of entries) {
      assert.isNull(reason)
      assert.isAbove(Number(at), Date.now() - 60_000)
    }
  })

  test('statistics are gathered of our own tables alone, whatever they are called', async ({ assert }) => {
    await db.rawQuery(`select refresh_statistics('consents', array['topic_id', 'status']::name[])`)
    for (const name of ['no_such_table', 'consents; drop table consents', 'pg_catalog.pg_authid']) {
      await assert.rejects(() => db.rawQuery('select refresh_statistics(?)', [name]), /does not exist/)
    }
    await assert.rejects(
      () =>
        db.rawQuery('select refresh_statistics(?, array[?]::name[])', ['consents', 'status); drop table consents; --']),
      /does not exist/
    )
  })
})

test.group('Where one role does everything', () => {
  test('the triggers let nothing pass but an erasure, whole and of now, and people who never were', async ({
    assert,
  }) => {
    const { workspace, ada, mine } = await ledgers()
    const id = { ...mine, contact_id: ada }
    const gone = { ip: null, user_agent: null, reason: null, actor_label: 'erased', personal_salt: null }
    const erasure = { ...gone, redacted_at: db.raw('now()') }
    for (const changes of [
      { status: 'granted' },
      { action: 'grant' },
      { occurred_at: db.raw('now()') },
      { hash: db.raw(`''`) },
      { ip: null },
      gone,
      { ...erasure, redacted_at: db.raw(`now() - interval '1 day'`) },
      { ...erasure, actor_label: 'Ada' },
      { ...erasure, status: 'granted' },
      { ...erasure, occurred_at: db.raw(`occurred_at + interval '1 day'`) },
      { ...erasure, recorded_at: db.raw('now()') },
      { ...erasure, previous_hash: null, hash: db.raw(`''`) },
      { ...erasure, workspace_id: 0 },
    ]) {
      await assert.rejects(() => owner().from('consent_entries').where(id).update(changes), /append-only/)
    }
    for (const table of LEDGERS) {
      for (const statement of [
        `delete from ${table} where workspace_id = ${workspace.id}`,
        `truncate ${table} cascade`,
      ]) {
        assert.match(await refusalOf(statement, owner()), /append-only/, statement)
      }
    }
    const told = { ...mine, actor_kind: 'person', actor_id: ada }
    for (const changes of [{ action: 'x' }, { ip: '192.0.2.1' }, { ip: null, created_at: db.raw('now()') }]) {
      await assert.rejects(() => owner().from('audit_entries').where(told).update(changes), /append-only/)
    }
    assert.equal(await tried((trx) => trx.from('consent_entries').where(id).update(erasure).then(Number), owner()), 2)
    await db.transaction((trx) => trx.rawQuery('select redact_consent_entries(?, ?)', [workspace.id, ada]))
    await assert.rejects(() => owner().from('consent_entries').where(id).update(erasure), /append-only/)
  })
})
