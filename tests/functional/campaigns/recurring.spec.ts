import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import db from '@adonisjs/lucid/services/db'
import { makeDueOccurrences, startDueCampaigns } from '#campaigns'
import { memberOf } from '#tests/support/workspace'
import { letTheWorkerWork } from '#tests/support/worker'
import { weekly } from '#tests/support/weekly'

test.group('A recurring campaign', () => {
  test('begins paused, tells its next five, and is read again', async ({ client, assert }) => {
    const { recurring, look, begin } = await weekly(client)
    assert.equal(recurring.state, 'paused')
    assert.lengthOf(recurring.next, 5)
    for (const { at } of recurring.next) {
      const moment = DateTime.fromISO(at, { zone: 'Europe/Vienna' })
      assert.deepEqual([moment.weekday, moment.toFormat('HH:mm')], [1, '09:00'])
    }
    await begin()
    assert.equal((await look()).state, 'active')
  })

  test('makes a campaign of its own for each moment, with its own audience and receipt', async ({ client, assert }) => {
    const { api, ids, begin, comes, campaigns, look, workspace } = await weekly(client)
    await begin()
    await comes()
    await db.from('contacts').where({ workspace_id: workspace.id, id: ids[0] }).update({ deleted_at: new Date() })
    await comes()
    const [first, second] = await campaigns()
    assert.match(first.name, /^Weekly specials, \w+ \d+, \d{4}$/)
    const receipts = [first, second].map(async ({ id }) => (await api.get(`/${id}/receipt`)).body())
    const [one, two] = await Promise.all(receipts)
    assert.deepEqual([one.accepted.total, two.accepted.total], [3, 2])
    const { occurrences } = await look()
    assert.deepEqual(
      occurrences.map(({ outcome, campaign: made }: any) => [outcome, made.status]),
      [
        ['made', 'sent'],
        ['made', 'sent'],
      ]
    )
    ;(await api.get('', { recurring_id: String(first.recurring_id) })).assertBodyContains({ data: [{}, {}] })
  })

  test('makes one for each moment, whatever workers do', async ({ client, assert }) => {
    const { workspace, begin, campaigns, recurring } = await weekly(client)
    await begin()
    const at = new Date(Date.now() - 1_000)
    const of = { workspace_id: workspace.id, id: recurring.id }
    const due = { next_at: at, due_at: at }
    await db.from('recurring_campaigns').where(of).update(due)
    await Promise.all(Array.from({ length: 4 }, () => makeDueOccurrences({ workspaceId: workspace.id })))
    assert.lengthOf(await campaigns(), 1)
    // a restored backup, or a clock that was set back: the moment is due once more
    await db.from('recurring_campaigns').where(of).update(due)
    await makeDueOccurrences({ workspaceId: workspace.id })
    assert.lengthOf(await campaigns(), 1)
  })

  test('takes the letter as it stands then', async ({ client, assert }) => {
    const { api, recurring, begin, comes, campaigns } = await weekly(client)
    await begin()
    await comes()
    ;(await api.patch(`/${recurring.campaign_id}`, { subject: 'Pears' })).assertStatus(200)
    await comes()
    assert.deepEqual(
      (await campaigns()).map(({ subject }) => subject),
      ['Plums for {{ contact.first_name }}', 'Pears']
    )
  })

  test('does not send what the review blocks, tells the team, and goes on', async ({ client, assert }) => {
    const { api, recurring, begin, comes, campaigns, look, told } = await weekly(client)
    await begin()
    await api.patch(`/${recurring.campaign_id}`, { subject: '' })
    await comes()
    const [held] = await campaigns()
    assert.equal(held.status, 'draft')
    assert.match(held.notice, /^It was not sent as scheduled\./)
    assert.deepEqual(await told(), [`“${held.name}” was not sent`])
    const { occurrences, state, next } = await look()
    assert.equal(occurrences[0].outcome, 'held_back')
    assert.equal(state, 'active')
    await api.patch(`/${recurring.campaign_id}`, { subject: 'Pears' })
    await comes()
    assert.equal((await campaigns())[1].status, 'sent')
    assert.isNotEmpty(next)
  })

  test('asks before it leaves much too late, and makes only the last of many that were missed', async ({
    client,
    assert,
  }) => {
    const { workspace, begin, comes, campaigns, look, told } = await weekly(client, {
      rule: 'FREQ=DAILY',
      local_time: DateTime.now().setZone('Europe/Vienna').minus({ hours: 3 }).toFormat('HH:mm'),
      starts_on: DateTime.utc().minus({ days: 9 }).toISODate(),
    })
    await begin()
    await comes({ hoursAgo: 75 })
    const mine = { workspaceId: workspace.id }
    while ((await makeDueOccurrences(mine)) > 0);
    await startDueCampaigns(mine)
    await letTheWorkerWork(workspace)
    const { occurrences, next } = await look()
    assert.deepEqual(
      occurrences.map(({ outcome }: any) => outcome),
      ['held_back', 'late', 'late', 'late']
    )
    const [asks, ...others] = await campaigns()
    assert.lengthOf(others, 0)
    assert.equal(asks.status, 'draft')
    assert.match(asks.notice, /while nothing was running here/)
    assert.deepEqual(await told(), [`“${asks.name}” was not sent`])
    assert.isAbove(Date.parse(next[0].at), Date.now())
  })

  test('is made some hours before, and tells the team', async ({ client, assert }) => {
    const { begin, comes, campaigns, told } = await weekly(client, { notice_hours: 24 })
    await begin()
    await comes({ hoursAgo: -20 })
    const [early] = await campaigns()
    assert.equal(early.status, 'scheduled')
    assert.match((await told())[0], /leaves on/)
  })

  test('waits for approval, and lapses without it', async ({ client, assert }) => {
    const { api, workspace, begin, comes, campaigns, look, told } = await weekly(client, {
      notice_hours: 24,
      needs_approval: true,
    })
    await begin()
    await comes({ hoursAgo: -20 })
    const [waiting] = await campaigns()
    assert.equal(waiting.status, 'draft')
    assert.match((await told())[0], /waits for your approval/)
    const approved = await api.post(`/${waiting.id}/approve`)
    approved.assertStatus(200)
    approved.assertBodyContains({ status: 'scheduled', notice: null })
    await comes({ hoursAgo: -21 })
    const [, forgotten] = await campaigns()
    const past = { occurs_at: new Date(Date.now() - 1_000) }
    await db.from('recurring_occurrences').where({ workspace_id: workspace.id, campaign_id: forgotten.id }).update(past)
    await db.from('campaigns').where({ workspace_id: workspace.id, id: forgotten.id }).update(past)
    await makeDueOccurrences({ workspaceId: workspace.id })
    await letTheWorkerWork(workspace)
    const { occurrences } = await look()
    assert.equal(
      occurrences.find(({ campaign: made }: any) => made.id === String(forgotten.id)).outcome,
      'not_approved'
    )
    assert.match((await told()).at(-1)!, /was not sent/)
    ;(await api.post(`/${forgotten.id}/approve`)).assertStatus(409)
  })

  test('makes nothing while it is paused, and nothing more when it has ended', async ({ client, assert }) => {
    const { door, path, begin, campaigns, workspace } = await weekly(client)
    await begin()
    ;(await door('post', path('/pause'))).assertBodyContains({ state: 'paused' })
    await makeDueOccurrences({ workspaceId: workspace.id })
    assert.lengthOf(await campaigns(), 0)
    ;(await door('post', path('/pause'))).assertStatus(409)
    ;(await door('post', path('/end'))).assertBodyContains({ state: 'ended', next: [] })
    ;(await door('post', path('/resume'))).assertStatus(409)
  })

  test('ends by itself after the last', async ({ client, assert }) => {
    const { begin, comes, campaigns, look, recurring } = await weekly(client, {
      rule: 'FREQ=DAILY;UNTIL=20200101',
      starts_on: '2020-01-01',
    })
    await db.from('recurring_campaigns').where('id', recurring.id).update({ state: 'active' })
    await comes()
    assert.equal((await campaigns())[0].status, 'sent')
    assert.equal((await look()).state, 'ended')
    await assert.rejects(() => begin())
  })

  test('leaves out one that is skipped, and takes it in again', async ({ client, assert }) => {
    const { door, path, recurring, begin } = await weekly(client)
    await begin()
    const [{ at }, second] = recurring.next
    const skipped = await door('post', path('/skips'), { at })
    skipped.assertStatus(200)
    assert.isTrue(skipped.body().next[0].is_skipped)
    const next = await db.from('recurring_campaigns').where('id', recurring.id).first()
    assert.equal(next.next_at.toISOString(), new Date(second.at).toISOString())
    const back = await door('delete', path(`/skips/${at}`))
    assert.isFalse(back.body().next[0].is_skipped)
    ;(await door('post', path('/skips'), { at: '2031-01-01T00:00:00Z' })).assertStatus(422)
    const made = { workspace_id: next.workspace_id, recurring_id: recurring.id, occurs_at: at, outcome: 'made' }
    await db.table('recurring_occurrences').insert(made)
    ;(await door('post', path('/skips'), { at })).assertStatus(409)
  })

  test('has a letter that is no campaign: not listed, not sent, not deleted', async ({ client, assert }) => {
    const { api, id, recurring } = await weekly(client)
    const list = (await api.get('')).body().data.map((row: any) => row.id)
    assert.deepEqual(list, [id])
    for (const step of ['send', 'approve']) {
      const refused = await api.post(`/${recurring.campaign_id}/${step}`)
      refused.assertStatus(409)
      refused.assertBodyContains({ errors: [{ recurring_id: recurring.id }] })
    }
    ;(await api.delete(`/${recurring.campaign_id}`)).assertStatus(409)
  })

  test('cannot begin with a letter that could not be sent', async ({ client }) => {
    const { door, path, api, recurring } = await weekly(client)
    await api.patch(`/${recurring.campaign_id}`, { subject: '' })
    const refused = await door('post', path('/resume'))
    refused.assertStatus(422)
    refused.assertBodyContains({ errors: [{ code: 'E_PREFLIGHT_BLOCKED' }] })
  })

  test('names the field of what cannot be', async ({ client, assert }) => {
    const { door, path } = await weekly(client)
    for (const [field, wish] of [
      ['rule', { rule: 'FREQ=HOURLY' }],
      ['rule', { rule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31' }],
      ['timezone', { timezone: 'Nowhere/Land' }],
      ['starts_on', { starts_on: '2026-02-31' }],
      ['notice_hours', { needs_approval: true }],
    ] as const) {
      const refused = await door('patch', path(), wish)
      refused.assertStatus(422)
      assert.equal(refused.body().errors[0].field, field)
    }
  })

  test('goes and comes back; what it made stays', async ({ client, assert }) => {
    const { door, path, begin, comes, campaigns, api } = await weekly(client)
    await begin()
    await comes()
    ;(await door('delete', path())).assertStatus(204)
    ;(await door('get', path())).assertStatus(404)
    const [sent] = await campaigns()
    ;(await api.get(`/${sent.id}`)).assertStatus(200)
    ;(await door('post', path('/restore'))).assertBodyContains({ state: 'paused' })
    assert.equal((await door('get', path())).status(), 200)
  })

  test('is nobody else’s, and changed by senders alone', async ({ client }) => {
    const { path, workspace } = await weekly(client)
    const stranger = await weekly(client)
    ;(await stranger.door('get', path())).assertStatus(404)
    ;(await stranger.door('post', path('/pause'))).assertStatus(404)
    const { token } = await memberOf(workspace, { role: 'viewer' })
    ;(await client.post(`/api/v1/recurring-campaigns${path('/pause')}`).bearerToken(token)).assertStatus(403)
  })
})
