import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { PgBoss } from 'pg-boss'
import { launcher } from '#tests/support/launchers'
import { startCommand, until } from '#tests/support/processes'

const { appAddress, appRole } = await launcher('app_role')
const { ask } = await launcher('database')
const { usePostgres, stopPostgres } = await launcher('postgres')
const { removeCluster } = await launcher('postgres_files')

const OWNER = 'postgres://assent:secret@db.example:5432/crm?sslmode=require'
const KEY = 'k'.repeat(40)

test.group('The address of web and worker', () => {
  test('is the same for all who start Assent with the same key, and another one with another key', ({ assert }) => {
    const one = appAddress(OWNER, KEY)
    assert.deepEqual(appAddress(OWNER, KEY), one)
    assert.equal(one.role, 'app_of_crm')
    assert.match(one.url, /^postgres:\/\/app_of_crm:[0-9a-f]{64}@db\.example:5432\/crm\?sslmode=require$/)
    assert.notEqual(appAddress(OWNER, `${KEY}!`).password, one.password)
    assert.notEqual(appAddress(OWNER.replace('/crm', '/lab'), KEY).password, one.password)
    assert.notInclude(one.url, 'secret')
  })

  test('keeps to a socket', ({ assert }) => {
    const { url, password } = appAddress('postgres:///crm?host=/run/postgresql&user=owner&password=secret', KEY)
    assert.equal(url, `postgres:///crm?host=%2Frun%2Fpostgresql&user=app_of_crm&password=${password}`)
  })
})

test.group('The role of web and worker', (group) => {
  let dataDir: string
  let ownerUrl: string
  let adminUrl: string
  const admin = (sql: string) => ask(adminUrl, sql)
  const asOwner = (sql: string) => ask(ownerUrl, sql)
  const divide = (more: object = {}) => appRole({ ownerUrl, appKey: KEY, ...more })

  group.setup(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'assent-'))
    ;({ url: ownerUrl, adminUrl } = await usePostgres(dataDir, { isDurable: false }))
    return async () => {
      await stopPostgres(dataDir)
      removeCluster(dataDir)
    }
  })

  test('is not made before the database is migrated', async ({ assert }) => {
    assert.deepEqual(await divide(), { url: ownerUrl })
    const args = ['migration:run', '--force', '--no-schema-generate']
    const migration = startCommand(args, { DATABASE_URL: ownerUrl })
    assert.equal(await migration.ended, 0, migration.output())
  })

  test('is not made by an owner who may make none: everything goes on as its owner, and it is told why', async ({
    assert,
  }) => {
    await admin('alter role assent nocreaterole')
    assert.deepEqual(await divide(), { url: ownerUrl, why: 'permission denied to create role' })
    assert.isEmpty(await admin(`select 1 from pg_roles where rolname = 'app_of_assent'`))
  })

  test('leaves a role of the same name that somebody made for something else as it is', async ({ assert }) => {
    await admin('create role app_of_assent nologin')
    assert.deepEqual(await divide(), { url: ownerUrl, why: "the role app_of_assent is somebody else's" })
    await admin('drop role app_of_assent')
  })

  test('comes with the next start to data that are older than it, and takes the queues over, jobs and all', async ({
    assert,
  }) => {
    const before = await queue(ownerUrl, 'owner')
    await before.send('letters', { no: 1 })
    await before.stop({ graceful: false })

    const { wasRunning } = await usePostgres(dataDir) // who may not make roles yet gets the right
    assert.isTrue(wasRunning)
    const app = await divide()
    assert.notProperty(app, 'why')
    assert.deepEqual(await divide(), app, 'a second time it is there')
    const [role] = await ask(
      app.url,
      'select current_user as name, rolsuper, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user'
    )
    assert.deepEqual(role, { name: 'app_of_assent', rolsuper: false, rolcreaterole: false, rolcreatedb: false })
    const others = `select count(*)::int as n from (
      select relowner as o from pg_class where relnamespace = 'jobs'::regnamespace and relkind in ('r', 'p', 'S', 'v') union all
      select proowner from pg_proc where pronamespace = 'jobs'::regnamespace union all
      select typowner from pg_type where typnamespace = 'jobs'::regnamespace) x where o <> 'app_of_assent'::regrole`
    assert.deepEqual(await asOwner(others), [{ n: 0 }])

    const boss = await queue(app.url, 'app')
    assert.deepEqual((await boss.fetch('letters'))[0].data, { no: 1 })
    await boss.send('letters', { no: 2 })
    await boss.createQueue('parcels', { partition: true })
    await boss.stop({ graceful: false })
    const owners = await queue(ownerUrl, 'owner again') // a process of before the change, which runs on
    assert.deepEqual((await owners.fetch('letters'))[0].data, { no: 2 })
    await owners.stop({ graceful: false })
  })

  test('has another password with another key; while it is in use, it keeps the one that it has', async ({
    assert,
  }) => {
    const boss = await queue((await divide()).url, 'somebody')
    const other = await divide({ appKey: `another ${KEY}` })
    assert.equal(other.url, ownerUrl)
    assert.equal(other.why, 'another Assent, with another APP_KEY, signs in as app_of_assent')
    await boss.stop({ graceful: false })
    await until('the database has seen the last of it', async () => {
      const signedIn = await admin(`select 1 from pg_stat_activity where usename = 'app_of_assent'`)
      return signedIn.length === 0
    })

    const again = await divide({ appKey: `another ${KEY}` })
    assert.lengthOf(await ask(again.url, 'select 1'), 1)
    await assert.rejects(() => ask(appAddress(ownerUrl, KEY).url, 'select 1'), /password authentication failed/)
  })

  test('can be one that somebody made by hand', async ({ assert }) => {
    await admin(`create role by_hand login password 'secret'`)
    await admin('grant by_hand to assent with inherit true, set true')
    const chosen = ownerUrl.replace(/assent:[^@]+@/, 'by_hand:secret@')
    assert.deepEqual(await divide({ chosen }), { url: chosen })
    const may = await ask(
      chosen,
      `select has_table_privilege('consent_entries', 'insert') as add, has_table_privilege('consent_entries', 'update') as change`
    )
    assert.deepEqual(may, [{ add: true, change: false }])
    assert.deepEqual(await divide({ chosen: ownerUrl }), { url: ownerUrl, why: 'both addresses are the same role' })
    // on a machine that only knows that address there is nothing to divide
    assert.deepEqual(await appRole({ ownerUrl: chosen, appKey: KEY }), { url: chosen })
  })
})

/** Queues as Assent opens them. */
async function queue(connectionString: string, name: string) {
  const boss = new PgBoss({
    connectionString,
    schema: 'jobs',
    createSchema: false,
    application_name: name,
    supervise: false,
    schedule: false,
    max: 2,
  })
  await boss.start()
  await boss.createQueue('letters')
  return boss
}
