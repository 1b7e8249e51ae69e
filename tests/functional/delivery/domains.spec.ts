import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { recheckDomains } from '#delivery'
import { checkDomain } from '#app/delivery/domains/check_domain'
import { connect } from '#tests/support/campaign'
import { ownDns, type DnsServer } from '#tests/support/dns_server'
import { until } from '#tests/support/processes'
import { standIn } from '#tests/support/stand_in'
import { letTheWorkerWork } from '#tests/support/worker'
import { bakery, memberOf } from '#tests/support/workspace'
import { setEnvironment } from '#tests/support/environment'

const NAME = 'news.bakery.example'

/** A bakery with a DNS of its own, and what it asks of the doors. `provider`: connected to a stand-in of Resend. */
async function story(client: any, { provider = false, apiKey }: { provider?: boolean; apiKey?: string } = {}) {
  const dns = await ownDns()
  const { workspace, token } = await bakery()
  const server = provider ? await standIn() : null
  if (server) {
    setEnvironment({ RESEND_BASE_URL: server.url })
    await connect(workspace, { apiKey })
  }
  const ask = (method: 'get' | 'post' | 'patch' | 'delete', path: string, body?: object) => {
    const request = client[method](`/api/v1/domains${path}`).bearerToken(token)
    return body ? request.json(body) : request
  }
  const add = async (body: object = { domain: NAME }) => (await ask('post', '', body)).body()
  const look = async (id: string) => {
    await letTheWorkerWork(workspace)
    return (await ask('get', `/${id}`)).body()
  }
  const levels = (domain: any) => Object.fromEntries(domain.findings.map(({ id, level }: any) => [id, level]))
  return { dns, workspace, token, server, ask, add, look, levels }
}

/** The records that the provider asks for, as somebody at a DNS company types them in. */
function publish(dns: DnsServer, records: any[]) {
  for (const { host, type, expected, priority } of records) {
    dns.set(host, type, type === 'MX' ? `${priority} ${expected}` : expected)
  }
  dns.set('amazonses.com', 'TXT', 'v=spf1 ip4:192.0.2.0/24 -all')
}

test.group('A sending domain at Resend', () => {
  test('is added there, and shows each record with what the DNS has instead', async ({ client, assert }) => {
    const { server, add, look, levels } = await story(client, { provider: true })
    const added = await add({ domain: 'News.Bakery.example', region: 'eu-west-1' })
    assert.containsSubset(added, {
      domain: NAME,
      checking: true,
      return_path: `send.${NAME}`,
      dkim_selectors: ['resend'],
      provider: { kind: 'resend', status: 'not_started', region: 'eu-west-1' },
    })
    const seen = await look(added.id)
    assert.isFalse(seen.checking)
    assert.equal(seen.level, 'block')
    assert.containsSubset(levels(seen), { provider: 'block', spf: 'block', dkim: 'block', dmarc: 'block', mx: 'warn' })
    assert.deepEqual(
      seen.records.map(({ purpose, host, type, state }: any) => [purpose, host, type, state]),
      [
        ['SPF', `send.${NAME}`, 'MX', 'missing'],
        ['SPF', `send.${NAME}`, 'TXT', 'missing'],
        ['DKIM', `resend._domainkey.${NAME}`, 'TXT', 'missing'],
        ['DMARC', `_dmarc.${NAME}`, 'TXT', 'missing'],
      ]
    )
    const there = (await (await fetch(`${server!.url}/domains`, asked)).json()) as any
    assert.deepEqual(
      there.data.map(({ name }: any) => name),
      [NAME]
    )
  })

  test('is verified there by itself once its records are in the DNS', async ({ client, assert }) => {
    const { dns, ask, add, look, levels } = await story(client, { provider: true })
    const { id } = await add()
    publish(dns, (await look(id)).records)
    ;(await ask('post', `/${id}/check`)).assertStatus(202)
    // the worker looks, reports to Resend that all is there, and looks again a little later
    const verified = await look(id)
    assert.isTrue(verified.records.every(({ state }: any) => state === 'right'))
    assert.equal(verified.provider.status, 'verified')
    assert.containsSubset(levels(verified), { provider: 'ok', spf: 'ok', dkim: 'warn', dmarc: 'ok' })
    ;(await ask('post', `/${id}/verify`)).assertStatus(202)
    assert.equal((await look(id)).provider.status, 'verified')
  })

  test('is not reported to Resend before its records are there', async ({ client, assert }) => {
    const { ask, add, look } = await story(client, { provider: true })
    const { id } = await add()
    assert.equal((await look(id)).provider.status, 'not_started')
    ;(await ask('post', `/${id}/verify`)).assertBodyContains({ checking: true, provider: { status: 'not_started' } })
  })

  test('warns when Resend tracks by itself, which asks nobody', async ({ client, assert }) => {
    const { dns, server, ask, add, look, levels } = await story(client, { provider: true })
    const { id } = await add()
    publish(dns, (await look(id)).records)
    await ask('patch', `/${id}`, {})
    assert.equal(levels(await look(id)).provider, 'ok')
    const { data } = (await (await fetch(`${server!.url}/domains`, asked)).json()) as any
    const body = JSON.stringify({ click_tracking: true })
    await fetch(`${server!.url}/domains/${data[0].id}`, { ...asked, method: 'PATCH', body })
    await ask('patch', `/${id}`, {})
    const { level, message } = (await look(id)).findings.find((finding: any) => finding.id === 'provider')
    assert.equal(level, 'warn')
    assert.match(message, /did not agree/)
  })

  test('one that was added there before is found, not added twice', async ({ client, assert }) => {
    const { ask, add, look, server } = await story(client, { provider: true })
    const first = await add()
    await look(first.id)
    ;(await ask('delete', `/${first.id}`)).assertStatus(204)
    const again = await add()
    assert.equal(again.provider.status, 'not_started')
    const there = (await (await fetch(`${server!.url}/domains`, asked)).json()) as any
    assert.lengthOf(there.data, 1)
    ;(await ask('delete', `/${again.id}?at_provider=true`)).assertStatus(204)
    assert.lengthOf(((await (await fetch(`${server!.url}/domains`, asked)).json()) as any).data, 0)
  })

  test('one that was watched before Resend was connected can be added there', async ({ client, assert }) => {
    const { workspace, ask, add, look, levels } = await story(client, { provider: true })
    await db.from('provider_accounts').where({ workspace_id: workspace.id }).delete()
    const { id } = await add({ domain: NAME })
    assert.notProperty(levels(await look(id)), 'provider')
    ;(await ask('post', `/${id}/verify`)).assertStatus(409)
    await connect(workspace)
    await ask('post', `/${id}/check`)
    const unknown = await look(id)
    assert.equal(levels(unknown).provider, 'block')
    assert.match(unknown.provider_note, /does not know/)
    ;(await ask('post', `/${id}/verify`)).assertStatus(202)
    const added = await look(id)
    assert.equal(added.provider.status, 'not_started')
    assert.lengthOf(added.records, 4)
  })

  test('with a key that may only send, it is watched by its DNS, and a note says why', async ({ client, assert }) => {
    const { add, look, levels } = await story(client, { provider: true, apiKey: 're_restricted_key' })
    const added = await add()
    assert.isNull(added.provider)
    assert.match(added.provider_note, /may only send/)
    const seen = await look(added.id)
    assert.containsSubset(levels(seen), { provider: 'unknown', spf: 'block', dkim: 'unknown' })
  })
})

const asked = { headers: { 'authorization': 'Bearer re_any', 'user-agent': 'test' } }

test.group('A sending domain without Resend', () => {
  test('is watched by its DNS alone, with selectors given by hand', async ({ client, assert }) => {
    const { dns, ask, add, look, levels } = await story(client)
    const added = await add({ domain: NAME, dkim_selectors: ['s1'], reply_to_domain: 'bakery.example' })
    assert.isNull(added.provider)
    dns.set(NAME, 'TXT', 'v=spf1 mx -all')
    dns.set(NAME, 'MX', `10 mx.${NAME}`)
    dns.set(`mx.${NAME}`, 'A', '203.0.113.1')
    dns.set('_dmarc.bakery.example', 'TXT', 'v=DMARC1; p=none')
    const seen = await look(added.id)
    assert.deepEqual(levels(seen), {
      spf: 'ok',
      dkim: 'block',
      dmarc: 'ok',
      mx: 'ok',
      reply_to: 'warn',
      tracking_host: 'warn',
    })
    const changed = await ask('patch', `/${added.id}`, { return_path: `bounce.${NAME}`, reply_to_domain: null })
    changed.assertStatus(200)
    assert.isTrue(changed.body().checking)
    const after = await look(added.id)
    assert.equal(levels(after).spf, 'block')
    assert.notProperty(levels(after), 'reply_to')
  })

  test('is looked at once, however often somebody asks; a change asks again', async ({ client, assert }) => {
    const { dns, ask, add, look } = await story(client)
    const { id } = await add()
    for (let no = 0; no < 3; no++) (await ask('post', `/${id}/check`)).assertStatus(202)
    await look(id)
    const timesAsked = () => dns.questions.filter((question) => question === `MX ${NAME}`).length
    assert.equal(timesAsked(), 1)
    await ask('post', `/${id}/check`)
    await ask('patch', `/${id}`, { dkim_selectors: ['s2'] })
    assert.deepEqual((await look(id)).dkim_selectors, ['s2'])
    assert.isAtLeast(timesAsked(), 2)
  })

  test('is refused when it is none, known already, or one too many', async ({ client, assert }) => {
    const { workspace, ask, add } = await story(client)
    for (const domain of ['bakery', 'http://bakery.example', 'printer.local', '10.0.0.1']) {
      const answer = await ask('post', '', { domain })
      answer.assertStatus(422)
      answer.assertBodyContains({ errors: [{ code: 'E_INVALID_DOMAIN', field: 'domain' }] })
    }
    const { id } = await add()
    const again = await ask('post', '', { domain: NAME.toUpperCase() })
    again.assertStatus(409)
    again.assertBodyContains({ errors: [{ code: 'E_DOMAIN_EXISTS', id }] })
    ;(await ask('post', '', { domain: 'a.example', dkim_selectors: ['no selector'] })).assertStatus(422)
    await db.rawQuery(
      `insert into sending_domains (workspace_id, domain, return_path, created_at)
       select ?, 'd' || n || '.example', 'x', now() from generate_series(1, 49) n`,
      [workspace.id]
    )
    ;(await ask('post', '', { domain: 'b.example' })).assertBodyContains({ errors: [{ code: 'E_TOO_MANY_DOMAINS' }] })
    assert.lengthOf((await ask('get', '')).body().data, 50)
  })

  test('belongs to its workspace and to whoever may change settings', async ({ client }) => {
    const { workspace, add } = await story(client)
    const { id } = await add()
    const stranger = await bakery()
    const viewer = await memberOf(workspace, { role: 'viewer' })
    const at = `/api/v1/domains/${id}`
    for (const request of [client.get(at), client.delete(at), client.post(`${at}/check`), client.post(`${at}/verify`)])
      (await request.bearerToken(stranger.token)).assertStatus(404)
    ;(await client.post(`${at}/check`).bearerToken(viewer.token)).assertStatus(403)
    ;(await client.post('/api/v1/domains').bearerToken(viewer.token).json({ domain: 'x.example' })).assertStatus(403)
    ;(await client.post('/api/v1/domains/abc/check').bearerToken(stranger.token)).assertStatus(404)
  })
})

test.group('The daily look', () => {
  const good = (dns: DnsServer) => {
    dns.set(NAME, 'TXT', 'v=spf1 ip4:203.0.113.1 -all')
    dns.set(`_dmarc.${NAME}`, 'TXT', 'v=DMARC1; p=none')
  }
  const night = (id: string) =>
    db.rawQuery(`update sending_domains set checked_at = now() - interval '25 hours' where id = ?`, [id])

  test('tells the team what broke, once, and not what could not be seen', async ({ client, assert }) => {
    const { dns, workspace, add, look, levels } = await story(client)
    good(dns)
    const { id } = await add()
    assert.containsSubset(levels(await look(id)), { spf: 'ok', dmarc: 'ok' })
    const mails = async () => {
      await letTheWorkerWork(workspace)
      return db.from('captured_messages').where({ workspace_id: workspace.id }).select('subject', 'text')
    }
    assert.lengthOf(await mails(), 0)

    dns.break(NAME, 'SERVFAIL')
    await night(id)
    await recheckDomains({ workspaceId: workspace.id })
    assert.equal(levels(await look(id)).spf, 'unknown')
    assert.lengthOf(await mails(), 0)

    dns.break(NAME, null)
    dns.set(NAME, 'TXT')
    await night(id)
    await recheckDomains({ workspaceId: workspace.id })
    const [mail, ...others] = await mails()
    assert.lengthOf(others, 0)
    assert.include(mail.subject, NAME)
    assert.match(mail.text, /no SPF record/)
    assert.notMatch(mail.text, /DMARC/)

    await night(id)
    await recheckDomains({ workspaceId: workspace.id })
    assert.lengthOf(await mails(), 1)
  })

  test('looks at those whose turn it is, and two workers never at the same one', async ({ client, assert }) => {
    const { dns, workspace, add, look } = await story(client)
    good(dns)
    const ids = []
    for (const name of ['a.example', 'b.example', 'c.example', 'd.example', 'e.example'])
      ids.push((await add({ domain: name })).id)
    for (const id of ids) await look(id)
    const before = dns.questions.length
    await recheckDomains({ workspaceId: workspace.id })
    assert.equal(dns.questions.length, before)
    for (const id of ids.slice(1)) await night(id)
    await Promise.all([recheckDomains({ workspaceId: workspace.id }), recheckDomains({ workspaceId: workspace.id })])
    const again = dns.questions.slice(before)
    const timesAsked = (name: string) => again.filter((question) => question === `TXT ${name}`).length
    assert.deepEqual(['a.example', 'b.example', 'c.example', 'd.example', 'e.example'].map(timesAsked), [0, 1, 1, 1, 1])
  })

  test('takes up what a worker left behind when it died, an hour later', async ({ client, assert }) => {
    const { dns, workspace, add, look } = await story(client)
    good(dns)
    const { id } = await add()
    await look(id)
    await night(id)
    const before = dns.questions.length
    const marked = (minutes: number) =>
      db.rawQuery(`update sending_domains set checking_since = now() - make_interval(mins => ?) where id = ?`, [
        minutes,
        id,
      ])
    await marked(10)
    await recheckDomains({ workspaceId: workspace.id })
    assert.lengthOf(dns.questions, before)
    await marked(61)
    await recheckDomains({ workspaceId: workspace.id })
    assert.isAbove(dns.questions.length, before)
    assert.isFalse((await look(id)).checking)
  })

  test('a look that began earlier does not overwrite a later one', async ({ client, assert }) => {
    const { dns, workspace, add, look, levels } = await story(client)
    const { id } = await add()
    await look(id)
    const release = dns.holdNext(`_dmarc.${NAME}`)
    const slow = checkDomain({ workspaceId: workspace.id, domainId: Number(id) })
    await until('the first look has asked', async () => dns.isHolding())
    good(dns)
    await checkDomain({ workspaceId: workspace.id, domainId: Number(id) })
    release()
    await slow
    assert.containsSubset(levels(await look(id)), { spf: 'ok', dmarc: 'ok' })
  })
})
