import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { enforceRetention, startRetention } from '#compliance'
import { jobQueue } from '#platform'
import { letTheWorkerWork } from '#tests/support/worker'
import { bakery, memberOf } from '#tests/support/workspace'
import { enforce, runs, door, endedCampaign } from '#tests/support/retention'

test.group('Retention', () => {
  test('workers at once, and one that stopped in the middle, come to one run with one number', async ({ assert }) => {
    const { workspace } = await bakery()
    await db.rawQuery(
      `insert into service_messages (workspace_id, email_hash, state, state_at)
       select ?, 'x', 'delivered', now() - interval '366 days' from generate_series(1, 3500)`,
      [workspace.id]
    )
    const left = async () =>
      Number((await db.from('service_messages').where('workspace_id', workspace.id).count('* as n'))[0].n)
    let steps = 0
    const inTheMiddle = {
      throwIfAborted() {
        if (++steps > 8) throw new Error('stopped')
      },
    } as AbortSignal
    await assert.rejects(() => enforceRetention({ workspaceId: workspace.id, signal: inTheMiddle }), 'stopped')
    const rest = await left()
    assert.isAbove(rest, 0)
    assert.isBelow(rest, 3_500)
    assert.lengthOf(await runs(workspace), 0)
    await Promise.all([enforce(workspace), enforce(workspace), enforce(workspace)])
    await enforce(workspace)
    assert.equal(await left(), 0)
    assert.deepEqual(
      (await runs(workspace)).map(({ details }) => details),
      [{ kind: 'service_mail', days: 365, forgotten: 3_500 }]
    )
  })

  test('shows what is kept, and what goes next and when; afterwards what went', async ({ client, assert }) => {
    const story = await endedCampaign(client, { days: 200 })
    const { look, kind } = door(client, story.token)
    const page = await look()
    assert.match(page.next_run_at, /T03:57:00/)
    const bodies = page.data.find((one: any) => one.kind === 'message_bodies')
    assert.containsSubset(bodies, { days: 180, least: 30, kept: 4, due: 4, due_on: page.next_run_at, last_run: null })
    const who = page.data.find((one: any) => one.kind === 'engagements')
    assert.containsSubset(who, { days: 730, kept: 6, due: 0 })
    assert.isAbove(Date.parse(who.due_on), Date.now() + 528 * 86_400_000)
    await enforce(story.workspace)
    const after = await kind('message_bodies')
    assert.containsSubset(after, { kept: 0, oldest: null, due: 0, due_on: null, last_run: { forgotten: 4 } })
  })

  test('a shorter time says what it would let go of, and asks; nothing goes before the night', async ({
    client,
    assert,
  }) => {
    const story = await endedCampaign(client, { days: 100 })
    const { change, kind } = door(client, story.token)
    const asked = await change({ message_bodies: 60, engagements: 60 })
    asked.assertStatus(409)
    assert.containsSubset(asked.body().errors[0], {
      code: 'E_WOULD_DELETE',
      would_delete: [
        { kind: 'message_bodies', due: 4 },
        { kind: 'engagements', due: 6 },
      ],
    })
    assert.equal((await kind('message_bodies')).days, 180)
    ;(await change({ message_bodies: 60 }, true)).assertStatus(200)
    assert.containsSubset(await kind('message_bodies'), { days: 60, kept: 4, due: 4 })
    ;(await change({ message_bodies: 365, provider_events: 30 })).assertStatus(200)
    const entries = await db
      .from('audit_entries')
      .where({ workspace_id: story.workspace.id, action: 'retention.changed' })
      .orderBy('id')
    assert.deepEqual(
      entries.map(({ details }) => details),
      [
        { message_bodies: { from: 180, to: 60 } },
        { message_bodies: { from: 60, to: 365 }, provider_events: { from: 90, to: 30 } },
      ]
    )
  })

  test('has floors, names what is wrong, and is for those who may change settings', async ({ client, assert }) => {
    const { workspace, token } = await bakery()
    const { change } = door(client, token)
    for (const [days, field] of [
      [{ message_bodies: 29 }, 'days.message_bodies'],
      [{ proof_origins: 1_094 }, 'days.proof_origins'],
      [{ engagements: 3_651 }, 'days.engagements'],
      [{ origins: 30.5 }, 'days.origins'],
    ] as const) {
      const answer = await change(days)
      answer.assertStatus(422)
      assert.equal(answer.body().errors[0].field, field)
    }
    const viewer = await memberOf(workspace, { role: 'viewer' })
    ;(await door(client, viewer.token).change({ origins: 30 })).assertStatus(403)
    assert.lengthOf((await door(client, viewer.token).look()).data, 12)
  })

  test('one workspace’s time does not touch another’s, and the clock asks for each, twice without harm', async ({
    client,
    assert,
  }) => {
    const mine = await endedCampaign(client, { days: 200 })
    const other = await endedCampaign(client, { days: 200 })
    await enforce(mine.workspace)
    assert.lengthOf(await db.from('captured_messages').where({ workspace_id: other.workspace.id, private: false }), 3)
    const before = await runs(mine.workspace)
    await startRetention({ workspaceId: mine.workspace.id })
    await startRetention({ workspaceId: mine.workspace.id })
    const queue = await jobQueue()
    const waiting = await queue.findJobs('retention.enforce', {
      data: { workspaceId: mine.workspace.id },
      queued: true,
    })
    assert.isNotEmpty(waiting)
    await letTheWorkerWork(mine.workspace)
    assert.deepEqual(await runs(mine.workspace), before)
  })
})
