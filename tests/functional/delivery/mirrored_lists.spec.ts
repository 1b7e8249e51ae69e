import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { unsuppress } from '#consent'
import { mirrorLists } from '#delivery'
import { theSystem } from '#identity'
import { setEnvironment } from '#tests/support/environment'
import { postmarkStandIn } from '#tests/support/postmark_stand_in'
import { sesStandIn } from '#tests/support/ses_stand_in'
import { theProvider } from '#tests/support/stand_in'
import { letTheWorkerWork } from '#tests/support/worker'
import { bakery } from '#tests/support/workspace'

let accounts = 0

/** A bakery with an account of this kind, whose list is read when the worker works. */
async function office(client: any, kind: 'resend' | 'ses' | 'postmark', { deniesList = false, apiKey = '' } = {}) {
  const resend = await theProvider()
  const ses = await sesStandIn({ deniesList })
  const postmark = await postmarkStandIn()
  setEnvironment({ SES_BASE_URL: ses.url, POSTMARK_BASE_URL: postmark.url, ALLOW_PRIVATE_ADDRESSES: 'true' })
  const { workspace, token } = await bakery()
  const no = ++accounts
  const credentials = {
    resend: { api_key: apiKey || `re_mirror_${no}` },
    ses: {
      access_key_id: `AKIAMIRROR00000${no}0`,
      secret_access_key: 'a secret of forty characters',
      region: 'eu-west-1',
    },
    postmark: { server_token: `mirror-token-${no}` },
  }[kind]
  const ask = () => client.get('/api/v1/providers').bearerToken(token)
  return {
    resend,
    ses,
    postmark,
    workspace,
    connect: async () =>
      (await client.post('/api/v1/providers').bearerToken(token).json({ kind, credentials })).assertStatus(201),
    work: () => letTheWorkerWork(workspace),
    /** As if a day had passed. */
    nextDay: async () => {
      await db
        .from('provider_accounts')
        .where({ workspace_id: workspace.id })
        .update({ list_read_at: db.raw(`now() - interval '24 hours'`) })
      await mirrorLists({ workspaceId: workspace.id })
    },
    list: async () => (await ask()).body().data[0].suppression_list,
    suppressed: async () =>
      Object.fromEntries(
        (await db.from('suppressions').where({ workspace_id: workspace.id })).map(({ address, reason }) => [
          address,
          reason,
        ])
      ),
  }
}

test.group('The list of a provider is taken over', () => {
  test('of Resend, when it is connected, page by page', async ({ client, assert }) => {
    const it = await office(client, 'resend')
    for (let no = 0; no < 250; no++) it.resend.world.suppressions.add(`p${no}@example.org`, 'bounce')
    it.resend.world.suppressions.add('complained@example.org', 'complaint')
    await it.connect()
    assert.deepEqual(await it.list(), { read_at: null, note: null })
    await it.work()
    const taken = await it.suppressed()
    assert.lengthOf(Object.keys(taken), 251)
    assert.containsSubset(taken, { 'p0@example.org': 'provider', 'complained@example.org': 'complaint' })
    assert.isString((await it.list()).read_at)
    const audited = await db
      .from('audit_entries')
      .where({ workspace_id: it.workspace.id, action: 'address.suppressed' })
    await it.nextDay()
    const again = await db.from('audit_entries').where({ workspace_id: it.workspace.id, action: 'address.suppressed' })
    assert.lengthOf(again, audited.length, 'what is known is not written down again')
  })

  test('of Amazon SES and of Postmark, each stream of it', async ({ client, assert }) => {
    const aws = await office(client, 'ses')
    for (const name of ['a', 'b', 'c', 'd', 'complained']) aws.ses.suppressed.add(`${name}@example.org`)
    await aws.connect()
    await aws.work()
    assert.lengthOf(Object.keys(await aws.suppressed()), 5)
    assert.containsSubset(await aws.suppressed(), {
      'complained@example.org': 'complaint',
      'd@example.org': 'provider',
    })

    const { postmark, ...it } = await office(client, 'postmark')
    postmark.suppressed.push(
      { stream: 'broadcast', email: 'left@example.org', reason: 'ManualSuppression' },
      { stream: 'outbound', email: 'gone@example.org', reason: 'HardBounce' },
      { stream: 'broadcast', email: 'spam@example.org', reason: 'SpamComplaint' },
      { stream: 'broadcast', email: 'not an address', reason: 'HardBounce' }
    )
    await it.connect()
    await it.work()
    assert.deepEqual(await it.suppressed(), {
      'left@example.org': 'unsubscribed_all',
      'gone@example.org': 'provider',
      'spam@example.org': 'complaint',
    })
  })

  test('once a day; whom a person let receive since stays so, and who is new comes', async ({ client, assert }) => {
    const it = await office(client, 'resend')
    it.resend.world.suppressions.add('eve@example.org', 'bounce')
    await it.connect()
    await it.work()
    const { id } = await db.from('suppressions').where({ workspace_id: it.workspace.id }).first()
    await db.transaction((trx) =>
      unsuppress({ workspaceId: it.workspace.id, ids: [id], reason: 'her mailbox works again', actor: theSystem, trx })
    )
    it.resend.world.suppressions.add('new@example.org', 'bounce')
    await mirrorLists({ workspaceId: it.workspace.id })
    assert.deepEqual(await it.suppressed(), {}, 'not before a day has passed')
    await it.nextDay()
    assert.deepEqual(await it.suppressed(), { 'new@example.org': 'provider' })
  })

  test('where it can: else the account says why not, and reads it when it can', async ({ client, assert }) => {
    const aws = await office(client, 'ses', { deniesList: true })
    await aws.connect()
    await aws.work()
    assert.match((await aws.list()).note, /ses:ListSuppressedDestinations/)
    const it = await office(client, 'resend', { apiKey: `re_restricted_mirror_${++accounts}` })
    await it.connect()
    await it.work()
    assert.match((await it.list()).note, /may only send/)
  })

  test('also when another account cannot be opened at all', async ({ client, assert }) => {
    const it = await office(client, 'resend')
    it.resend.world.suppressions.add('eve@example.org', 'bounce')
    await it.connect()
    const { id, ...account } = await db.from('provider_accounts').where({ workspace_id: it.workspace.id }).first()
    await db.table('provider_accounts').insert({
      ...account,
      account: 'broken',
      webhook_key: `broken-${it.workspace.id}`,
      credentials: 'not ours',
      position: 0,
    })
    await it.work()
    assert.deepEqual(await it.suppressed(), { 'eve@example.org': 'provider' })
  })

  test('after trouble from its first page, after a death where it stood, and by one worker', async ({
    client,
    assert,
  }) => {
    const it = await office(client, 'resend')
    for (let no = 0; no < 150; no++) it.resend.world.suppressions.add(`p${no}@example.org`, 'bounce')
    await it.connect()
    const match = { path: '/suppressions*' }
    it.resend.chaos([
      { match, effect: 'latency', ms: 0, times: 1 },
      { match, effect: 'status', status: 500, name: 'application_error', message: 'Something broke.' },
    ])
    await it.work()
    assert.deepEqual(await it.list(), { read_at: null, note: 'Resend says: Something broke.' })
    assert.lengthOf(Object.keys(await it.suppressed()), 100)
    it.resend.chaos([])
    await mirrorLists({ workspaceId: it.workspace.id })
    assert.lengthOf(Object.keys(await it.suppressed()), 100, 'it is tried again in an hour')

    const page = await fetch(`${it.resend.url}/suppressions?limit=100`, {
      headers: { authorization: 'Bearer re_mirror_look' },
    })
    const { data } = (await page.json()) as any
    await db.from('suppressions').where({ workspace_id: it.workspace.id }).delete()
    await db
      .from('provider_accounts')
      .where({ workspace_id: it.workspace.id })
      .update({ list_reading_since: db.raw(`now() - interval '2 hours'`), list_after: data.at(-1).id })
    await Promise.all([1, 2].map(() => mirrorLists({ workspaceId: it.workspace.id })))
    assert.isString((await it.list()).read_at)
    assert.lengthOf(Object.keys(await it.suppressed()), 50)
  })
})
