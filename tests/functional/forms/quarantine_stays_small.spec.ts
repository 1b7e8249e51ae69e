import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { enforceRetention } from '#compliance'
import { MOST_WAITING } from '#app/forms/quarantine/hold'
import { bakeryForm } from '#tests/support/sign_up_form'
import { letTheWorkerWork } from '#tests/support/worker'
import { withDoubtful } from '#tests/support/doubtful_sign_ups'

test.group('The quarantine stays small', () => {
  test('a full one keeps those who look most like people, and counts the rest', async ({ client, assert }) => {
    const it = await bakeryForm(client)
    await db.rawQuery(
      `insert into form_submissions (workspace_id, form_id, version, state, email, email_hash, topic_ids, score)
       select ?, ?, 1, 'doubtful', n || '@flood.test', decode(md5(n::text), 'hex'), '{}', case when n = 1 then 50 else 60 + n % 30 end
       from generate_series(1, ?) n`,
      [it.workspace.id, it.form.id, MOST_WAITING]
    )
    await it.postByProgram({ email: 'ada@people.test' })
    const waiting = () => db.from('form_submissions').where({ workspace_id: it.workspace.id, state: 'doubtful' })
    assert.lengthOf(await waiting(), MOST_WAITING)
    assert.lengthOf(await waiting().where('email', 'ada@people.test'), 1)
    assert.lengthOf(await waiting().where('score', 89), Math.floor((MOST_WAITING + 1) / 30) - 1)
    await db.from('form_submissions').where('workspace_id', it.workspace.id).update({ score: 50 })
    await it.postByProgram({ email: 'ben@people.test' })
    assert.lengthOf(await waiting(), MOST_WAITING)
    assert.lengthOf(await waiting().where('email', 'ben@people.test'), 0)
    const { forms } = (await it.api.get('/quarantine/summary')).body()
    assert.deepInclude(forms[0], { waiting: MOST_WAITING, turned_away: 2 })
  })

  test('one address many times is one row, and rows that change nothing are few', async ({ client, assert }) => {
    const it = await bakeryForm(client)
    await Promise.all(
      Array.from({ length: 12 }, () => it.postByProgram({ email: 'ada@people.test', topics: [String(it.specials.id)] }))
    )
    await it.postByProgram({ email: 'ADA@people.test', topics: [String(it.hours.id)] })
    const rows = await it.submissions()
    assert.lengthOf(rows, 1)
    assert.include(rows[0], { times: 13, state: 'doubtful' })
    assert.sameMembers(rows[0].topic_ids, [it.specials.id, it.hours.id])
    await Promise.all(Array.from({ length: 12 }, () => it.post({ email: 'ben@people.test' })))
    const states = (await it.submissions()).map(({ state }: any) => state)
    assert.lengthOf(
      states.filter((state: string) => state === 'repeated'),
      5
    )
  })

  test('what nobody judged is forgotten by the clock, after the days that the workspace says', async ({
    client,
    assert,
  }) => {
    const it = await withDoubtful(client, ['ada@people.test', 'ben@people.test', 'cara@people.test'])
    const [cara, ben, ada] = it.waiting
    await it.judge(ben.id, 'reject')
    await it.judge(cara.id, 'approve')
    const age = (days: number) =>
      db
        .from('form_submissions')
        .where('workspace_id', it.workspace.id)
        .update({
          created_at: new Date(Date.now() - days * 86_400_000),
          judged_at: db.raw('case when judged_at is null then null else now() - make_interval(days => ?) end', [
            days - 2,
          ]),
        })
    const there = async () => (await it.submissions()).map(({ id }: any) => String(id))
    await age(29)
    await enforceRetention({ workspaceId: it.workspace.id })
    assert.deepEqual(await there(), [ada.id, ben.id, cara.id])
    await age(31)
    await enforceRetention({ workspaceId: it.workspace.id })
    assert.deepEqual(await there(), [ben.id, cara.id], 'a rejection counts from when it was made')
    ;(await it.api.patch('/retention', { days: { quarantine: 7 }, confirmed: true })).assertStatus(200)
    assert.equal((await it.api.get('/quarantine/summary')).body().days, 7)
    await age(10)
    await enforceRetention({ workspaceId: it.workspace.id })
    assert.deepEqual(await there(), [cara.id])
    for (const days of [0, 91, 1.5, '30 days']) {
      ;(await it.api.patch('/retention', { days: { quarantine: days } })).assertStatus(422)
    }
  })

  test('the team hears of it once a day', async ({ client, assert }) => {
    const it = await withDoubtful(client)
    await it.judge(it.waiting[0].id, 'reject')
    await it.postByProgram({ email: 'ben@people.test' })
    await letTheWorkerWork(it.workspace)
    const mails = await it.mails()
    assert.deepEqual(
      mails.map(({ to_address: to, subject }: any) => [to, subject]),
      [[it.user.email, 'Sign-ups wait for your decision']]
    )
    assert.include(mails[0].text, `/w/${it.workspace.id}/forms/quarantine`)
    assert.notInclude(mails[0].text, 'people.test')
  })
})
