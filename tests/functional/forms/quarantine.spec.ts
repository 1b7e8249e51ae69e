import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { createContact, eraseContact, type Contact } from '#contacts'
import { theSystem } from '#identity'
import { WORDING } from '#tests/support/sign_up_form'
import { letTheWorkerWork } from '#tests/support/worker'
import { bakery } from '#tests/support/workspace'
import { withDoubtful } from '#tests/support/doubtful_sign_ups'

test.group('The quarantine', () => {
  test('shows who waits, newest first, with score and signals in sentences', async ({ client, assert }) => {
    const it = await withDoubtful(client, ['ada@people.test', 'Ben@people.test'])
    assert.deepEqual(
      it.waiting.map(({ email }: any) => email),
      ['Ben@people.test', 'ada@people.test']
    )
    assert.deepInclude(it.waiting[0], {
      decision: 'none',
      state: 'doubtful',
      form: { id: it.form.id, name: 'Newsletter' },
      score: 50,
      times: 1,
      user_agent: 'curl/8.9.1',
      topics: [
        { id: String(it.specials.id), name: 'Weekly specials' },
        { id: String(it.hours.id), name: 'Opening hours' },
      ],
    })
    assert.deepEqual(it.waiting[0].signals[0], {
      name: 'agent_machine',
      points: 25,
      sentence: 'It was sent by a program, not by a person’s browser.',
    })
    const ahead = (new Date(it.waiting[0].forgotten_at).getTime() - Date.now()) / 86_400_000
    assert.isTrue(ahead > 29.9 && ahead <= 30)
    const first = (await it.api.get('/quarantine?limit=1&count=1')).body()
    assert.deepEqual(first.total, { value: 2, exact: true })
    const second = (await it.api.get(`/quarantine?limit=1&cursor=${first.next_cursor}`)).body()
    assert.deepEqual([first.data[0].email, second.data[0].email], ['Ben@people.test', 'ada@people.test'])
    const { rules, forms, ...summary } = (await it.api.get('/quarantine/summary')).body()
    assert.deepEqual(summary, { waiting: 2, days: 30, most_waiting: 1_000, doubtful_from: 50, certain_from: 100 })
    assert.deepInclude(rules, { name: 'trap', points: 100, sentence: 'A field was filled in that no person sees.' })
    assert.deepInclude(forms[0], { id: it.form.id, name: 'Newsletter', waiting: 2, turned_away: 0 })
  })

  test('filters by form and by decision; what never waited is not in it', async ({ client, assert }) => {
    const it = await withDoubtful(client, ['ada@people.test', 'ben@people.test', 'cara@people.test'])
    const other = (
      await it.api.post('/forms', { name: 'Fair', topic_ids: [String(it.specials.id)], wording: WORDING })
    ).body()
    await client
      .post(`/f/${other.slug}`)
      .header('user-agent', 'curl/8')
      .json({ email: 'dev@people.test', topics: [String(it.specials.id)] })
    await it.post({ email: 'eve@people.test' })
    const [cara, ben] = it.waiting
    await it.judge(cara.id, 'approve')
    await it.judge(ben.id, 'reject')
    const emails = async (query: string) =>
      (await it.api.get(`/quarantine${query}`)).body().data.map(({ email }: any) => email.split('@')[0])
    assert.deepEqual(await emails(''), ['dev', 'ada'])
    assert.deepEqual(await emails(`?form_id=${other.id}`), ['dev'])
    assert.deepEqual(await emails('?decision=approved'), ['cara'])
    assert.deepEqual(await emails(`?decision=rejected&form_id=${it.form.id}`), ['ben'])
    assert.deepEqual(await emails(`?decision=rejected&form_id=${other.id}`), [])
    const eve = (await it.submissions()).at(-1)
    ;(await it.api.get(`/quarantine/${eve.id}`)).assertStatus(404)
    ;(await it.judge(eve.id, 'reject')).assertStatus(404)
    ;(await it.api.get('/quarantine?decision=maybe')).assertStatus(422)
    ;(await it.api.get('/quarantine?form_id=x')).assertStatus(422)
    ;(await it.api.get('/quarantine?cursor=x')).assertStatus(400)
  })
})

test.group('Who may look and judge', () => {
  test('viewers look, tokens need the scope, strangers find nothing', async ({ client, assert }) => {
    const it = await withDoubtful(client)
    const [{ id }] = it.waiting
    const other = await bakery()
    const viewer = await bakery({ role: 'viewer' })
    ;(await client.get('/api/v1/quarantine').bearerToken(viewer.token)).assertStatus(200)
    ;(await client.post(`/api/v1/quarantine/${id}/approve`).bearerToken(viewer.token)).assertStatus(403)
    assert.lengthOf((await client.get('/api/v1/quarantine').bearerToken(other.token)).body().data, 0)
    for (const how of ['approve', 'reject', 'reopen']) {
      ;(
        await client.post(`/api/v1/quarantine/${id}/${how}`).bearerToken(other.token).json({ reason: 'mine' })
      ).assertStatus(404)
    }
    const foreign = await client
      .post('/api/v1/quarantine/decisions')
      .bearerToken(other.token)
      .json({ decision: 'approve', ids: [id] })
    assert.equal(foreign.body().problems[0].code, 'E_NOT_FOUND')
    const narrow = await it.api.post('/tokens', { name: 'Reader', scopes: ['forms:read', 'forms:write'] })
    ;(await client.get('/api/v1/quarantine').bearerToken(narrow.body().token)).assertStatus(200)
    ;(await client.post(`/api/v1/quarantine/${id}/approve`).bearerToken(narrow.body().token)).assertStatus(403)
    ;(await client.get('/api/v1/quarantine')).assertStatus(401)
    assert.equal((await it.submissions())[0].state, 'doubtful')
  })
})

test.group('A doubtful sign-up and people’s rights', () => {
  test('who is erased is erased here, too, though they are no contact by it; what is kept is theirs to have', async ({
    client,
    assert,
  }) => {
    const it = await withDoubtful(client, ['finn@people.test', 'ada@people.test'])
    const [, finn] = it.waiting
    await it.judge(finn.id, 'reject', { reason: 'Finn is a joke' })
    const made: Contact = await db.transaction((trx) =>
      createContact({
        workspaceId: it.workspace.id,
        input: { email: 'Finn@people.test' },
        origin: 'api',
        actor: theSystem,
        trx,
      })
    )
    await made.refresh()
    const { sign_ups: signUps } = (await it.api.get(`/contacts/${made.id}/export`)).body()
    assert.lengthOf(signUps, 1)
    assert.include(signUps[0], { state: 'rejected', judged_reason: 'Finn is a joke', score: 50 })
    await db.transaction((trx) => eraseContact({ workspaceId: it.workspace.id, contact: made, actor: theSystem, trx }))
    await letTheWorkerWork(it.workspace)
    const [row, ada] = await it.submissions()
    assert.include(row, { email: null, ip: null, user_agent: null, judged_reason: null })
    assert.include(ada, { email: 'ada@people.test', state: 'doubtful' })
  })
})
