import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import db from '@adonisjs/lucid/services/db'
import { makeDueOccurrences, startDueCampaigns } from '#campaigns'
import { weekly } from '#tests/support/weekly'

/** A daily letter whose next moment comes in so many hours, as the clock of Vienna shows. */
async function daily(client: any, { inHours, ...wish }: { inHours: number; [field: string]: unknown }) {
  const local = (hours: number) => DateTime.now().setZone('Europe/Vienna').plus({ hours }).toFormat('HH:mm')
  const story = await weekly(client, {
    rule: 'FREQ=DAILY',
    starts_on: DateTime.utc().minus({ days: 2 }).toISODate(),
    local_time: local(inHours),
    ...wish,
  })
  const mine = { workspaceId: story.workspace.id }
  return {
    ...story,
    local,
    async work() {
      while ((await makeDueOccurrences(mine)) > 0);
      await startDueCampaigns(mine)
    },
    row: () => db.from('recurring_campaigns').where('id', story.recurring.id).first(),
  }
}

test.group('By each reader’s own clock', () => {
  test('one that begins between its first readers’ hour and its own leaves; nobody is said to have been asleep', async ({
    client,
    assert,
  }) => {
    const { begin, work, campaigns, look, told } = await daily(client, { inHours: 3, at_readers_time: true })
    await begin()
    await work()
    const [first, ...more] = await campaigns()
    assert.equal(first.notice, null)
    assert.equal(first.status, 'sending')
    assert.lengthOf(more, 0)
    assert.deepEqual(await told(), [])
    assert.equal((await look()).occurrences[0].outcome, 'made')
  })

  test('one that is approved when its first readers’ hour is over leaves, too', async ({ client, assert }) => {
    const story = await daily(client, { inHours: 3, at_readers_time: true, notice_hours: 24, needs_approval: true })
    const { api, begin, work, campaigns } = story
    await begin()
    await work()
    const [waiting] = await campaigns()
    assert.match(waiting.notice, /approve/)
    ;(await api.post(`/${waiting.id}/approve`)).assertBodyContains({ status: 'scheduled', notice: null })
    await work()
    const [sent] = await campaigns()
    assert.equal(sent.status, 'sending')
    assert.deepEqual(sent.timing, {
      local_time: DateTime.fromJSDate(sent.occurs_at, { zone: 'Europe/Vienna' }).toFormat("yyyy-MM-dd'T'HH:mm"),
    })
  })

  test('one that was due while nothing ran asks as ever', async ({ client, assert }) => {
    const { begin, work, campaigns, row } = await daily(client, { inHours: 3, at_readers_time: true })
    await begin()
    const { due_at: due, id } = await row()
    await db
      .from('recurring_campaigns')
      .where({ id })
      .update({ due_at: new Date(due.getTime() - 2 * 3_600_000) })
    await work()
    const [held] = await campaigns()
    assert.equal(held.status, 'draft')
    assert.match(held.notice, /while nothing was running here/)
  })
})

test.group('A change of the calendar', () => {
  test('makes no second one for a day that has its own', async ({ client, assert }) => {
    const { begin, work, door, path, campaigns, local, row } = await daily(client, { inHours: -1, notice_hours: 24 })
    await begin()
    await work()
    const [first] = await campaigns()
    assert.equal(first.status, 'scheduled')
    ;(await door('patch', path(), { local_time: local(-2) })).assertStatus(200)
    await work()
    assert.lengthOf(await campaigns(), 1)
    const { next_at: next } = await row()
    const dayOf = (moment: Date) => DateTime.fromJSDate(moment, { zone: 'Europe/Vienna' }).toISODate()!
    assert.isAbove(Date.parse(dayOf(next)), Date.parse(dayOf(first.occurs_at)))
  })

  test('makes another where that one was taken back', async ({ client, assert }) => {
    const { api, begin, work, door, path, campaigns, local } = await daily(client, { inHours: -1, notice_hours: 24 })
    await begin()
    await work()
    const [first] = await campaigns()
    ;(await api.delete(`/${first.id}`)).assertStatus(204)
    ;(await door('patch', path(), { local_time: local(-2) })).assertStatus(200)
    await work()
    const present = (await campaigns()).filter((one) => one.deleted_at === null)
    assert.lengthOf(present, 1)
  })
})
