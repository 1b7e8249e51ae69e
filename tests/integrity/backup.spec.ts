import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { restoreBackup, writeBackup } from '#backup'
import { openBackup } from '#app/backup/open_backup'
import { openCredentials } from '#app/delivery/providers/secrets'
import { addressHash, suppress } from '#consent'
import { theSystem } from '#identity'
import { anotherDatabase } from '#tests/support/another_database'
import { backup, changed, emptyInstallation, place } from '#tests/support/backup'
import { Browser } from '#tests/support/browser'
import { audience, connect, freeze } from '#tests/support/campaign'
import { importFile, upload } from '#tests/support/imports'
import { start, startCommand, startWeb, startWorker, until } from '#tests/support/processes'
import { sentCampaign } from '#tests/support/sent_campaign'
import { theProvider } from '#tests/support/stand_in'
import { memberOf } from '#tests/support/workspace'
import { launcher } from '#tests/support/launchers'

const { ask: query } = await launcher('database')
const goesOn = new AbortController().signal
const refusedWith = async (restoring: Promise<unknown>) =>
  restoring.then(
    () => 'not refused',
    (error) => error.message as string
  )
const restoring = (path: string) => restoreBackup({ path, signal: goesOn })

test.group('A backup', () => {
  test('is one moment, whatever is written meanwhile', async ({ assert }) => {
    const { workspace } = await audience()
    let isWriting = true
    const writing = (async () => {
      // One table is copied first of all, the other near the end
      for (let no = 0; isWriting; no++) {
        await db.transaction(async (trx) => {
          await trx.insertQuery().table('audit_entries').insert({
            workspace_id: workspace.id,
            actor_kind: 'system',
            actor_label: 'x',
            action: 'x',
            subject_type: 'x',
          })
          await trx
            .insertQuery()
            .table('tags')
            .insert({ workspace_id: workspace.id, name: `t${no}`, name_key: `t${no}` })
        })
      }
    })()
    await until(
      'something was written',
      async () => (await db.from('tags').where({ workspace_id: workspace.id })).length > 3
    )
    const { path } = await backup()
    isWriting = false
    await writing

    const file = await openBackup(path)
    const ours = async (table: string) => {
      const column = file.manifest.tables
        .find(({ name }) => name === table)!
        .columns.findIndex(({ name }) => name === 'workspace_id')
      const rows = (await text(await file.rowsOf(table))).split('\n').filter(Boolean)
      return rows.filter(
        (row) => row.split('\t')[column] === String(workspace.id) && (table === 'tags' || row.includes('\tx\t'))
      ).length
    }
    assert.isAbove(await ours('tags'), 3)
    assert.equal(await ours('audit_entries'), await ours('tags'))
    file.close()
  })

  test('can be read by nobody else, and overwrites nothing', async ({ assert }) => {
    const { path } = await backup()
    assert.equal(statSync(path).mode & 0o777, 0o600)
    const before = readFileSync(path)
    assert.match(await refusedWith(backup(path)), /There is a file of that name, and a backup overwrites none/)
    assert.isTrue(before.equals(readFileSync(path)))
  })

  test('that is stopped, or has no place, leaves no file', async ({ assert }) => {
    await audience()
    const directory = place()
    const stopping = new AbortController()
    const stopped = writeBackup({
      path: join(directory, 'a.assent'),
      signal: stopping.signal,
      progress: () => stopping.abort(new Error('stopped')),
    })
    assert.equal(await refusedWith(stopped), 'stopped')
    assert.deepEqual(readdirSync(directory), [])
    assert.match(await refusedWith(backup(join(directory, 'no', 'a.assent'))), /Its directory does not exist/)
    assert.match(await refusedWith(backup('/proc/a.assent')), /No backup was written to \/proc\/a\.assent/)
  })

  test('that is not whole, not ours or not of this version is refused before anything is written', async ({
    assert,
  }) => {
    await audience()
    const { path } = await backup()
    const bytes = readFileSync(path)
    const directory = place()
    const written = (name: string, content: Buffer | string) => {
      writeFileSync(join(directory, name), content)
      return join(directory, name)
    }
    const cut = written('cut', bytes.subarray(0, bytes.length - 200))
    const spoilt = Buffer.from(bytes)
    const name = 'tables/contacts.copy.zst'
    const at = spoilt.indexOf(name) + name.length + 40
    spoilt[at] ^= 0xff
    const { version } = JSON.parse(readFileSync(app.makePath('package.json'), 'utf8'))
    const other = (change: object) => changed(path, { manifest: (said) => ({ ...said, ...change }) })

    for (const [file, words] of [
      [join(directory, 'none'), /There is no file/],
      [directory, /is a directory, not a backup/],
      [written('foreign', 'id,email\n1,ada@example.test\n'), /is no backup of Assent, or was cut off/],
      [cut, /is no backup of Assent, or was cut off/],
      [written('spoilt', spoilt), /is damaged: the rows of contacts/],
      [await changed(path, { without: 'manifest.json' }), /is no backup of Assent: it has no manifest/],
      [await changed(path, { without: name }), /is damaged: tables\/contacts.copy.zst is missing/],
      [await other({ format: 0, assent: '0.0.1' }), /has format 0, .* Restore it with Assent 0\.0\.1/],
      [
        await other({ migrations: ['0001_platform'], assent: '0.0.9' }),
        /Install Assent 0\.0\.9, restore it there, and upgrade then/,
      ],
      [await other({ migrations: [] }), new RegExp(`made by Assent ${version}, .* \\(${version}\\)`)],
      [await other({ tables: 'none' }), /what it says of itself is not whole/],
      [
        await other({ key: { kept: false, salt: 'AAAA', fingerprint: '0'.repeat(64) } }),
        /was made with another APP_KEY, which is not in it/,
      ],
      // Whole, and stopped only by who signs in here
      [path, /does not own the tables. Set DATABASE_OWNER_URL/],
    ] as const) {
      assert.match(await refusedWith(restoring(file)), words)
    }
  })
})

test.group('A restored backup', (group) => {
  let template: Awaited<ReturnType<typeof anotherDatabase>>
  group.setup(async () => {
    template = await anotherDatabase('empty')
  })

  test('is what was there: killed at its very end nothing, done again everything', async ({ assert }) => {
    const story = await audience()
    const { workspace, token, ids, topic } = story
    const { user } = await memberOf(workspace, { role: 'owner' })
    await connect(workspace, { apiKey: 're_secret' })
    await importFile(story, 'email,first_name\ngrace@people.test,"Gr\\ace\tH.\nüñ\u{1F600}"\n')
    const waiting = await upload(token, 'email\nwaits@people.test\n')
    const { month } = await sentCampaign(workspace, { contactId: ids[0], topicId: topic.id })
    await db.transaction((trx) =>
      suppress({
        workspaceId: workspace.id,
        addresses: [{ hash: addressHash(workspace.id, 'p1@people.test') }],
        reason: 'manual',
        source: 'team',
        actor: theSystem,
        trx,
      })
    )
    const { path, rows } = await backup()
    const here = await emptyInstallation(template)
    const restore = (env = {}) => startCommand(['restore', path, '--json'], { DATABASE_URL: here.ownerUrl, ...env })

    assert.equal(await restore({ ASSENT_CRASH_AT: 'before_restored' }).ended, 'SIGKILL')
    assert.deepEqual(await query(here.ownerUrl, 'select id from contacts union all select id from workspaces'), [])

    const second = restore()
    assert.equal(await second.ended, 0, second.output())
    const told = JSON.parse(second.answer())
    assert.containsSubset(told, { rows, took_key: false, ledger: { breaks: 0 } })
    assert.isAbove(told.ledger.entries, 2)

    const schema = `select count(*) filter (where contype = 'f') as keys, (select count(*) from pg_trigger where tgenabled = 'A' and not tgisinternal) as guards from pg_constraint where connamespace = 'public'::regnamespace`
    assert.deepEqual(await query(here.ownerUrl, schema), await query(process.env.DATABASE_OWNER_URL!, schema))
    for (const table of [
      'contacts',
      'consent_entries',
      'messages',
      'import_pieces',
      'suppressions',
      'editions',
      'users',
    ]) {
      const sum = `select count(*) as n, md5(string_agg(t::text, '' order by t::text)) as sum from ${table} t`
      assert.deepEqual(await query(here.ownerUrl, sum), await query(process.env.DATABASE_OWNER_URL!, sum), table)
    }
    const months = await query(
      here.ownerUrl,
      `select to_regclass('partitions.messages_${month.slice(0, 7).replace('-', '')}') as it`
    )
    assert.isNotNull(months[0].it)
    const [{ credentials }] = await query(
      here.ownerUrl,
      `select credentials from provider_accounts where workspace_id = ${workspace.id}`
    )
    assert.deepEqual(openCredentials(credentials), { api_key: 're_secret' })

    const web = await startWeb({ DATABASE_URL: here.url })
    const browser = await Browser.signedIn(user, undefined, web.url)
    const check = await browser.post('/api/v1/consents/check', {
      contact_id: String(ids[1]),
      channel: 'email',
      topic_id: String(topic.id),
    })
    assert.containsSubset(check.body, { may_receive: false, reasons: [{}] })
    const made = await browser.post('/api/v1/contacts', { email: 'new@people.test' })
    assert.isAbove(Number(made.body.id), Math.max(...ids) + 9_000_000, 'no number is given out twice')
    assert.equal((await browser.get(`/api/v1/imports/${waiting.body.id}`)).body.status, 'analysed')

    const third = restore()
    assert.equal(await third.ended, 1)
    assert.match(third.output(), /Assent runs on this database \(1 web\)/)
    await web.kill('SIGTERM')
    const fourth = restore()
    assert.equal(await fourth.ended, 1)
    assert.match(fourth.output(), /This installation is in use already: there is something in .*contacts/)
  })

  test('sends nothing until a person has looked', async ({ assert }) => {
    const story = await audience()
    const provider = await theProvider()
    await connect(story.workspace)
    const { shipment, campaignId } = await freeze(story)
    const { path } = await backup()
    await db.from('shipments').where({ id: shipment.id }).update({ state: 'paused' })
    const here = await emptyInstallation(template)
    const restored = startCommand(['restore', path], { DATABASE_URL: here.ownerUrl })
    assert.equal(await restored.ended, 0, restored.output())
    // As if a worker had run here a moment ago: what tells is the restore itself
    startWorker({ DATABASE_URL: here.url, RESEND_BASE_URL: provider.url })
    const state = async () =>
      (await query(here.ownerUrl, `select state, stop_reason from shipments where id = ${shipment.id}`))[0]
    await until('the worker has looked', async () => (await state()).state !== 'running')
    assert.match((await state()).stop_reason, /^restored: .* who unsubscribed since then may not be known here/)
    await until(
      'the worker keeps its clock',
      async () => (await query(here.ownerUrl, `select 1 from heartbeats`)).length > 0
    )
    assert.deepEqual(provider.ledger('c', String(campaignId)), {})

    await query(here.ownerUrl, `update shipments set state = 'running', stop_reason = null where id = ${shipment.id}`)
    await until('a person let it go on', async () => Object.keys(provider.ledger('c', String(campaignId))).length === 3)
    assert.deepEqual(Object.values(provider.ledger('c', String(campaignId))), [1, 1, 1])
  })

  test('brings the key that was made here along, and keeps the one before', async ({ assert }) => {
    const directory = place()
    const from = await emptyInstallation(template)
    const here = await emptyInstallation(template)
    const path = join(directory, 'all.assent')
    const ace = (name: string, url: string, args: string[]) =>
      start(['bin/ace.js', ...args], {
        APP_KEY: '',
        DATABASE_OWNER_URL: '',
        DATABASE_URL: url,
        DATA_DIR: join(directory, name),
      })
    const saved = ace('from', from.ownerUrl, ['backup', path, '--json'])
    assert.equal(await saved.ended, 0, saved.output())
    const keys = (name: string) => JSON.parse(readFileSync(join(directory, name, 'secrets.json'), 'utf8'))
    assert.isTrue(JSON.parse(saved.answer()).holds_key)

    // The tests' own process has its APP_KEY from the environment
    assert.match(await refusedWith(restoring(path)), /APP_KEY is set here, to another one than the backup holds/)

    const done = ace('here', here.ownerUrl, ['restore', path, '--json'])
    assert.equal(await done.ended, 0, done.output())
    assert.isTrue(JSON.parse(done.answer()).took_key)
    assert.equal(keys('here').APP_KEY, keys('from').APP_KEY)
    assert.lengthOf(keys('here').earlier_keys, 1)
    assert.equal(statSync(join(directory, 'here', 'secrets.json')).mode & 0o777, 0o600)
  })
})
