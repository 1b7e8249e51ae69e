import { pbkdf2Sync } from 'node:crypto'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { addressHash, suppress } from '#consent'
import { theSystem } from '#identity'
import { signToken } from '#platform'
import { signsOfPace } from '#app/forms/quarantine/signs_of_pace'
import { bakeryForm } from '#tests/support/sign_up_form'
import { ownDns } from '#tests/support/dns_server'

type It = Awaited<ReturnType<typeof bakeryForm>>

/** Finds the number as a browser does (public/prove.js). */
async function solved(client: any, it: It): Promise<string> {
  const answer = await client.get(`${it.path}/challenge`)
  answer.assertStatus(200)
  const { challenge, target, iterations, numbers } = answer.body()
  for (let number = 0; number < numbers; number++) {
    const found = pbkdf2Sync(String(number), challenge, iterations, 8, 'sha256').toString('hex')
    if (found === target) return `${challenge}.${number}`
  }
  throw new Error('The puzzle has no solution.')
}

const signalsOf = async (it: It) => (await it.submissions()).map(({ signals }: any) => Object.keys(signals).sort())

/** So many that came before, from these addresses in turn, so many minutes ago. */
const before = (it: It, { n, ips, minutes = 5 }: { n: number; ips: string[]; minutes?: number }) =>
  db.rawQuery(
    `insert into form_submissions (workspace_id, form_id, version, state, email_hash, topic_ids, ip, created_at)
     select ?, ?, 1, 'confirmed', decode(md5(n::text), 'hex'), '{}', (?::inet[])[1 + n % ?], now() - make_interval(mins => ?)
     from generate_series(1, ?) n`,
    [it.workspace.id, it.form.id, ips, ips.length, minutes, n] as any[]
  )

const paceOf = (it: It, ip: string | null) =>
  signsOfPace({ workspaceId: it.workspace.id, formId: Number(it.form.id), ip })

test.group('Doubts about a sign-up', () => {
  test('what a browser sends is clean, and what spoke against it is written down', async ({ client, assert }) => {
    const it = await bakeryForm(client)
    await it.post({ email: 'ada@people.test' })
    const [row] = await it.submissions()
    assert.include(row, { state: 'pending', score: 15 })
    assert.deepEqual(row.signals, { proof_missing: 15 })
  })

  test('a doubtful one waits: no mail, no contact, no request in the ledger, and everybody’s answer', async ({
    client,
    assert,
  }) => {
    const it = await bakeryForm(client, { fields: [{ name: 'first_name', label: 'First name', required: true }] })
    await db.transaction((trx) =>
      suppress({
        workspaceId: it.workspace.id,
        addresses: [{ hash: addressHash(it.workspace.id, 'cara@people.test') }],
        reason: 'complaint',
        source: 'test',
        actor: theSystem,
        trx,
      })
    )
    const clean = await client
      .post(it.path)
      .header('user-agent', 'A friendly script')
      .json({ email: 'ben@people.test', first_name: 'Ben', topics: [String(it.specials.id)] })
    const doubtful = await it.postByProgram({ email: 'Ada@people.test', first_name: 'Ada' })
    const again = await it.postByProgram({ email: 'ada@people.test', first_name: 'Ada' })
    const suppressed = await it.postByProgram({ email: 'cara@people.test', first_name: 'Cara' })
    const trapped = await it.postByProgram({ email: 'dev@people.test', first_name: 'Dev', website: 'x' })
    const shape = (answer: any) => {
      const { date, 'x-request-id': id, ...headers } = answer.headers()
      return { status: answer.status(), body: answer.text(), headers }
    }
    for (const other of [doubtful, again, suppressed, trapped]) assert.deepEqual(shape(other), shape(clean))
    const rows = await it.submissions()
    assert.deepEqual(
      rows.map(({ state, email }: any) => [state, email]),
      [
        ['pending', 'ben@people.test'],
        ['doubtful', 'Ada@people.test'],
        ['suppressed', null],
      ]
    )
    assert.include(rows[1], { score: 50, times: 2, contact_id: null, mailed_at: null, expires_at: null })
    assert.deepEqual(rows[1].answers, { first_name: 'Ada' })
    assert.deepEqual(rows[1].signals, { agent_machine: 25, no_page: 10, proof_missing: 15 })
    assert.lengthOf(await it.mails(), 1)
    assert.lengthOf(await it.ledger(), 2 / 2)
    assert.lengthOf(await db.from('contacts').where('workspace_id', it.workspace.id), 1)
  })

  test('no answer comes before a tenth of a second, whatever became of it', async ({ client, assert }) => {
    const it = await bakeryForm(client)
    const taken = async (post: () => Promise<any>) => {
      const began = performance.now()
      ;(await post()).assertStatus(200)
      return performance.now() - began
    }
    for (const post of [
      () => it.post({ email: 'ada@people.test' }),
      () => it.post({ email: 'ada@people.test' }),
      () => it.postByProgram({ email: 'ben@people.test' }),
      () => it.post({ email: 'cara@people.test', website: 'x' }),
    ]) {
      assert.isAtLeast(await taken(post), 99)
    }
  })

  test('addresses of an office and those to throw away wait where the form says so', async ({ client, assert }) => {
    const it = await bakeryForm(client, { refuses: { disposable: false } })
    await ownDns().then((dns) => dns.set('mailinator.com', 'MX', '10 mx.mailinator.com'))
    await it.post({ email: 'info@people.test' })
    await it.post({ email: 'ada@mailinator.com' })
    const changed = await it.api.patch(`/forms/${it.form.id}`, { doubts: { role: true, disposable: false } })
    assert.deepEqual(changed.body().doubts, { is_on: true, role: true, disposable: false, shared_network: false })
    assert.equal(changed.body().version, it.form.version, 'visitors see nothing of it')
    await it.post({ email: 'office@people.test' })
    await it.post({ email: 'sales@people.test' })
    await it.post({ email: 'ben@mailinator.com' })
    await it.api.patch(`/forms/${it.form.id}`, { doubts: { is_on: false } })
    await it.post({ email: 'support@people.test' })
    assert.deepEqual(
      (await it.submissions()).map(({ email, state, score }: any) => [email, state, score]),
      [
        ['info@people.test', 'pending', 30],
        ['ada@mailinator.com', 'doubtful', 65],
        ['office@people.test', 'pending', 15],
        ['sales@people.test', 'doubtful', 65],
        ['ben@mailinator.com', 'doubtful', 55],
        ['support@people.test', 'pending', 65],
      ]
    )
  })

  test('a domain that cannot be asked is believed, and remembered as such', async ({ client, assert }) => {
    const dns = await ownDns()
    dns.break('slow.acme.org', 'silent')
    const it = await bakeryForm(client)
    await it.post({ email: 'ada@slow.acme.org' })
    assert.deepEqual(await signalsOf(it), [['mail_unknown', 'proof_missing']])
  })
})

test.group('How many come at once', () => {
  test('from one address of the internet, from one line of IPv6 and from a block', async ({ client, assert }) => {
    const it = await bakeryForm(client)
    await before(it, { n: 3, ips: ['93.184.216.34'] })
    assert.deepEqual(await paceOf(it, '93.184.216.34'), [])
    await before(it, { n: 1, ips: ['93.184.216.34'] })
    assert.deepEqual(await paceOf(it, '93.184.216.34'), ['network_busy'])
    assert.deepEqual(await paceOf(it, '93.184.216.35'), [])
    assert.deepEqual(await paceOf(it, '::ffff:93.184.216.34'), ['network_busy'])
    assert.deepEqual(await paceOf(it, null), [])
    await before(it, { n: 4, ips: ['2a00:1450:4001:81::1', '2a00:1450:4001:81:ffff::7'] })
    assert.deepEqual(await paceOf(it, '2a00:1450:4001:81:3::3'), ['network_busy'])
    assert.deepEqual(await paceOf(it, '2a00:1450:4001:82::1'), [])
  })

  test('a flood and its neighbours; an hour later nothing of it counts, and other workspaces never', async ({
    client,
    assert,
  }) => {
    const it = await bakeryForm(client)
    const ips = ['93.184.216.1', '93.184.216.2']
    await before(it, { n: 40, ips, minutes: 59 })
    assert.deepEqual(await paceOf(it, '93.184.216.1'), ['network_flood', 'block_busy'])
    assert.deepEqual(await paceOf(it, '93.184.216.77'), ['block_busy'])
    assert.deepEqual(await paceOf(it, '93.184.217.77'), [])
    const other = await bakeryForm(client)
    assert.deepEqual(await paceOf(other, '93.184.216.1'), [])
    await db
      .from('form_submissions')
      .where('workspace_id', it.workspace.id)
      .update({ created_at: new Date(Date.now() - 61 * 60_000) })
    assert.deepEqual(await paceOf(it, '93.184.216.1'), [])
  })

  test('addresses of private networks say nothing: a proxy stands there', async ({ client, assert }) => {
    const it = await bakeryForm(client)
    for (const ip of ['127.0.0.1', '10.1.2.3', '::1', 'fd00::1', '192.168.1.7']) {
      await before(it, { n: 5, ips: [ip], minutes: 30 })
      assert.deepEqual(await paceOf(it, ip), [], ip)
    }
  })

  test('a form’s own pace: twenty in ten minutes are many for one that has two an hour, and not for a busy one', async ({
    client,
    assert,
  }) => {
    const it = await bakeryForm(client)
    const many = Array.from({ length: 250 }, (_, no) => `93.${no}.7.9`)
    for (let hour = 2; hour < 12; hour++) await before(it, { n: 2, ips: many, minutes: hour * 60 })
    await before(it, { n: 18, ips: many })
    assert.deepEqual(await paceOf(it, '81.2.3.4'), [])
    await before(it, { n: 1, ips: many })
    assert.deepEqual(await paceOf(it, '81.2.3.4'), ['form_burst'])
    const busy = await bakeryForm(client)
    for (let ten = 8; ten < 28; ten++) await before(busy, { n: 10, ips: many, minutes: ten * 10 })
    await before(busy, { n: 60, ips: many })
    assert.deepEqual(await paceOf(busy, '81.2.3.4'), [])
    await before(busy, { n: 60, ips: many })
    assert.deepEqual(await paceOf(busy, '81.2.3.4'), ['form_burst'])
  })
})

test.group('Proof of work', () => {
  test('a solved puzzle counts once, also when it is sent twice at the same moment', async ({ client, assert }) => {
    const it = await bakeryForm(client)
    const proof = await solved(client, it)
    const answers = await Promise.all(
      ['ada', 'ben', 'cara'].map((name) => it.post({ email: `${name}@people.test`, proof }))
    )
    assert.deepEqual([...new Set(answers.map((answer) => answer.status()))], [200])
    const found = await signalsOf(it)
    assert.lengthOf(
      found.filter((signals) => signals.length === 0),
      1
    )
    assert.lengthOf(
      found.filter((signals) => signals.join() === 'proof_wrong'),
      2
    )
  })

  test('a wrong number, another form’s, a made-up one and nonsense are wrong; an old one is none; a guess uses it up', async ({
    client,
    assert,
  }) => {
    const it = await bakeryForm(client)
    const right = await solved(client, it)
    const [challenge, number] = right.split('.')
    const foreign = await solved(client, await bakeryForm(client))
    const now = Math.floor(Date.now() / 1_000)
    const old = signToken('proof', [it.workspace.id, Number(it.form.id), now - 7_201, 5])
    const cases: [string | string[], string[]][] = [
      [`${challenge}.${(Number(number) + 1) % 256}`, ['proof_wrong']],
      [right, ['proof_wrong']],
      [foreign, ['proof_wrong']],
      [`${old}.1`, ['proof_missing']],
      ['', ['proof_missing']],
      [['a', 'b'], ['proof_missing']],
      ['x'.repeat(5_000), ['proof_wrong']],
      [`${challenge.slice(0, -1)}${challenge.endsWith('A') ? 'B' : 'A'}.1`, ['proof_wrong']],
    ]
    for (const [no, [proof]] of cases.entries()) await it.post({ email: `ada${no}@people.test`, proof })
    assert.deepEqual(
      await signalsOf(it),
      cases.map(([, signals]) => signals)
    )
  })

  test('the puzzle is for the page and for scripts of named origins, is never the same, and is nobody’s to keep', async ({
    client,
    assert,
  }) => {
    const it = await bakeryForm(client, { origins: ['https://bluedoor.test'] })
    const one = await client.get(`${it.path}/challenge`).header('origin', 'https://bluedoor.test')
    const two = await client.get(`${it.path}/challenge`).header('origin', 'https://evil.test')
    assert.equal(one.header('access-control-allow-origin'), 'https://bluedoor.test')
    assert.isUndefined(two.header('access-control-allow-origin'))
    assert.equal(one.header('cache-control'), 'no-store')
    assert.notEqual(one.body().challenge, two.body().challenge)
    ;(await client.get('/f/no-such-form/challenge')).assertStatus(404)
    const page = (await client.get(it.path)).text()
    assert.include(page, ' data-proof')
    assert.equal(page.split('<script').length, 2)
    assert.lengthOf(await db.from('spent_proofs').where('workspace_id', it.workspace.id), 0)
  })

  test('a page with a script allows this one alone, and talks to nobody else', async ({ client, assert }) => {
    const it = await bakeryForm(client)
    const page = await client.get(it.path)
    const policy = page.header('content-security-policy')!
    const nonce = page.text().match(/<script type="module" src="\/prove.js" nonce="([^"]+)"/)![1]
    assert.include(policy, `script-src 'nonce-${nonce}'; connect-src 'self';`)
    assert.notMatch(policy, /unsafe/)
    ;(await client.get('/prove.js')).assertStatus(200)
    const thanks = await it.post({ email: 'ada@people.test' })
    assert.notInclude(thanks.text(), '<script')
    assert.notInclude(thanks.header('content-security-policy'), 'script-src')
  })
})
