import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { test } from '@japa/runner'
import {
  addressHash,
  ALL_TOPICS,
  allowedPeople,
  bases,
  capsOf,
  eraseLedger,
  excludedPeople,
  judge,
  keepWish,
  passOnWishes,
  peopleOverCaps,
  suppress,
  wishesOf,
  type Basis,
  type Cap,
} from '#consent'
import { mailableBases } from '#app/consent/bases'
import { peopleWhere } from '#contacts'
import { theSystem } from '#identity'
import { plantPeople, plantTopic, record } from '#tests/support/consent'
import { bakery } from '#tests/support/workspace'

/** A small reproducible source of chance: a failing seed is named in the assertion. */
function chance(seed: number) {
  let state = seed
  const next = () => {
    state = (state * 1664525 + 1013904223) % 4294967296
    return state / 4294967296
  }
  return { pick: <T>(items: readonly T[]) => items[Math.floor(next() * items.length)], yes: (p: number) => next() < p }
}

interface Stands {
  status: string
  basis: Basis
  since: number
  expires: number | null
}

/** The rule once more, in plain words of another language: what the SQL is compared with. */
function replay(before: Stands | undefined, entry: Stands & { action: string }): Stands | undefined {
  const { action, ...after } = entry
  if (!before || action === 'withdraw') return after
  const tooOld = before.status === 'withdrawn' && entry.since < before.since
  const granted = before.status === 'granted' && (before.expires === null || before.expires > entry.since)
  if (action === 'grant') return tooOld ? before : after
  if (action === 'request') return tooOld || granted ? before : after
  return before.status === 'withdrawn' ? before : after
}

function reasonOf(person: { email: string | null; suppressed: string | null }, archived: boolean, stands?: Stands) {
  if (person.email === null) return 'no_address'
  if (person.suppressed) return `suppressed_${person.suppressed}`
  if (archived) return 'topic_archived'
  if (stands?.status !== 'granted') return stands?.status ?? 'none'
  if (stands.expires !== null && stands.expires <= Date.now()) return 'expired'
  if (stands.basis === 'unknown') return 'basis_unknown'
  return mailableBases.includes(stands.basis) ? null : 'basis_not_mailable'
}

test.group('mayReceive', () => {
  test('random histories: the projection is the replayed ledger; filter, judgement and model agree')
    .with([11, 23, 37, 53])
    .run(async ({ assert }, seed) => {
      const { pick, yes } = chance(seed)
      const { workspace } = await bakery()
      const topics = [await plantTopic(workspace, 'Specials'), await plantTopic(workspace, 'Hours')]
      const emails = Array.from({ length: 24 }, (_, i) => (i % 8 === 7 ? null : `p${i}@example.com`))
      const ids = await plantPeople(workspace, emails)
      const people = ids.map((id, i) => ({ id, email: emails[i], suppressed: null as string | null }))
      const stands = new Map<string, Stands>()

      for (let step = 0; step < 90; step++) {
        const topic = pick(topics)
        const action = pick(['grant', 'grant', 'request', 'confirm', 'withdraw'] as const)
        const basis = pick(bases)
        const since = DateTime.utc()
          .minus({ minutes: pick([0, 1, 60, 90, 3000]) })
          .startOf('second')
        const expires = action !== 'withdraw' && yes(0.3) ? since.plus({ minutes: pick([1, 30, 100_000]) }) : null
        const who = people.filter(() => yes(0.2))
        if (who.length === 0) continue
        await record(
          workspace,
          topic,
          who.map(({ id }) => id),
          { action, basis, occurredAt: since, expiresAt: expires }
        )
        const limit = { casl_implied_ebr: 24, casl_implied_inquiry: 6 }[basis as string]
        const until = action === 'withdraw' ? null : (expires ?? (limit ? since.plus({ months: limit }) : null))
        const status = { grant: 'granted', confirm: 'granted', request: 'pending', withdraw: 'withdrawn' }[action]
        for (const { id } of who) {
          const key = `${id}:${topic.id}`
          const entry = { action, status, basis, since: since.toMillis(), expires: until?.toMillis() ?? null }
          stands.set(key, replay(stands.get(key), entry)!)
        }
      }
      for (const person of people.filter(({ email }) => email !== null && yes(0.2))) {
        person.suppressed = pick(['manual', 'hard_bounce', 'complaint'] as const)
        await db.transaction((trx) =>
          suppress({
            workspaceId: workspace.id,
            addresses: [{ hash: addressHash(workspace.id, person.email!), address: person.email }],
            reason: person.suppressed as 'manual',
            source: 'test',
            actor: theSystem,
            trx,
          })
        )
      }
      if (yes(0.5)) {
        await db
          .from('topics')
          .where({ workspace_id: workspace.id, id: topics[1].id })
          .update({ archived_at: new Date() })
        await topics[1].refresh()
      }

      for (const topic of topics) {
        const question = {
          workspaceId: workspace.id,
          people: peopleWhere(workspace.id),
          channel: 'email',
          topicId: topic.id,
        }
        const allowed = await run(allowedPeople(question))
        const excluded = await run(excludedPeople(question))
        const expected = people.map(({ id, ...person }) => ({
          id,
          reason: reasonOf(person, topic.archivedAt !== null, stands.get(`${id}:${topic.id}`)),
        }))
        const label = `seed ${seed}, topic ${topic.name}`
        const told = [
          ...allowed.map(({ contact_id: id }) => ({ id, reason: null })),
          ...excluded.map(({ contact_id: id, reason }) => ({ id, reason })),
        ]
        assert.sameDeepMembers(told, expected, label)
        for (const person of people) {
          const emailHash = person.email === null ? null : addressHash(workspace.id, person.email)
          const verdict = await judge({ ...question, contactId: person.id, emailHash })
          const { reason } = expected.find(({ id }) => id === person.id)!
          assert.equal(verdict.reason, reason, label)
          assert.equal(verdict.may_receive, reason === null, label)
          assert.equal(
            verdict.may_receive,
            verdict.reasons.every(({ holds }) => holds),
            label
          )
          const row = await db
            .from('consents')
            .where({ workspace_id: workspace.id, contact_id: person.id, topic_id: topic.id })
            .first()
          const replayed = stands.get(`${person.id}:${topic.id}`)
          assert.deepEqual(
            row && {
              status: row.status,
              basis: row.basis,
              since: row.since.getTime(),
              expires: row.expires_at?.getTime() ?? null,
            },
            replayed ?? null,
            label
          )
        }
      }
    })

  test('legitimate interest carries mail only where the workspace switched it on', async ({ assert }) => {
    const { workspace } = await bakery()
    const topic = await plantTopic(workspace)
    const [ada] = await plantPeople(workspace, ['ada@example.com'])
    await record(workspace, topic, [ada], { basis: 'legitimate_interest_b2b' })
    const ask = () =>
      judge({
        workspaceId: workspace.id,
        contactId: ada,
        emailHash: addressHash(workspace.id, 'ada@example.com'),
        channel: 'email',
        topicId: topic.id,
      })
    assert.equal((await ask()).reason, 'basis_not_mailable')
    await workspace.merge({ settings: { legitimate_interest_b2b: true } }).save()
    assert.isTrue((await ask()).may_receive)
  })

  test('random wishes and caps: filter, judgement and model agree, for many, for a few and for one')
    .with([5, 17, 29])
    .run(async ({ assert }, seed) => {
      const { pick, yes } = chance(seed)
      const { workspace } = await bakery()
      const topics = [await plantTopic(workspace, 'Specials'), await plantTopic(workspace, 'Hours')]
      const emails = Array.from({ length: 30 }, (_, i) => `w${i}@example.com`)
      const ids = await plantPeople(workspace, emails)
      for (const topic of topics) await record(workspace, topic, ids)
      const mails: { id: number; topic: number; hoursAgo: number }[] = []
      for (let campaign = 1; campaign <= 12; campaign++) {
        const [topic, hoursAgo] = [pick(topics).id, pick([3, 80, 155, 158, 400, 655, 665, 900])]
        const who = ids.filter(() => yes(0.25))
        await plantSent(workspace, { campaign, topic, hoursAgo, who })
        mails.push(...who.map((id) => ({ id, topic, hoursAgo })))
      }
      const wishes: { id: number; topic: number; pace: 'weekly' | 'monthly' | null; pausedHours: number | null }[] = []
      for (const id of ids) {
        for (const topic of [ALL_TOPICS, ...topics.map((one) => one.id)].filter(() => yes(0.3))) {
          const [pace, pausedHours] = pick([
            ['weekly', null],
            ['monthly', null],
            ['weekly', -1],
            [null, 5],
            [null, -5],
          ] as const)
          wishes.push({ id, topic, pace, pausedHours })
          await db.table('reader_wishes').insert({
            workspace_id: workspace.id,
            contact_id: id,
            channel: 'email',
            topic_id: topic,
            pace,
            paused_until: pausedHours === null ? null : DateTime.utc().plus({ hours: pausedHours }).toJSDate(),
          })
        }
      }
      const caps: Cap[] = [
        { mails: 3, days: 20, topicId: null },
        { mails: 1, days: 6, topicId: topics[0].id },
      ]
      await workspace.merge({ settings: { sending: { frequency_cap: { mails: 3, days: 20 } } } }).save()
      await db.from('topics').where('id', topics[0].id).update({ cap_mails: 1, cap_days: 6 })

      const paceHours = { weekly: 156, monthly: 660 }
      const got = (id: number, hours: number, topic: number | null) =>
        mails.filter((mail) => mail.id === id && mail.hoursAgo < hours && (topic === null || mail.topic === topic))
          .length
      const expected = (id: number, topic: number, asked: Cap[]) => {
        const theirs = wishes.filter((wish) => wish.id === id && [ALL_TOPICS, topic].includes(wish.topic))
        if (theirs.some(({ pausedHours }) => (pausedHours ?? 0) > 0)) return 'paused_by_reader'
        const tooOften = theirs.some(
          ({ pace, topic: about }) => pace && got(id, paceHours[pace], about === ALL_TOPICS ? null : about) > 0
        )
        const over = asked.some((cap) => got(id, cap.days * 24 - 1, cap.topicId) >= cap.mails)
        return tooOften || over ? 'frequency' : null
      }

      for (const topic of topics) {
        const mine = caps.filter(({ topicId }) => topicId === null || topicId === topic.id)
        assert.deepEqual(await capsOf({ workspaceId: workspace.id, topicId: topic.id }), mine)
        for (const [few, asked] of [
          [false, []],
          [true, []],
          [false, mine],
          [true, mine],
        ] as [boolean, Cap[]][]) {
          const people = peopleWhere(workspace.id)
          const question = { workspaceId: workspace.id, people, channel: 'email', topicId: topic.id, few, caps: asked }
          const label = `seed ${seed}, ${topic.name}, ${few ? 'few' : 'many'}, ${asked.length} caps`
          const told = [
            ...(await run(allowedPeople(question))).map(({ contact_id: id }) => ({ id, reason: null })),
            ...(await run(excludedPeople(question))).map(({ contact_id: id, reason }) => ({ id, reason })),
          ]
          const model = ids.map((id) => ({ id, reason: expected(id, topic.id, asked) }))
          assert.sameDeepMembers(told, model, label)
        }
        const people = { sql: 'select unnest(?::bigint[]) as contact_id', bindings: [ids] }
        const over = await run(peopleOverCaps({ workspaceId: workspace.id, people, caps: mine }))
        assert.sameMembers(
          over.map(({ contact_id: id }) => id),
          ids.filter((id) => mine.some((cap) => got(id, cap.days * 24 - 1, cap.topicId) >= cap.mails))
        )
        for (const [i, id] of ids.entries()) {
          const emailHash = addressHash(workspace.id, emails[i])
          const about = { workspaceId: workspace.id, contactId: id, emailHash, channel: 'email', topicId: topic.id }
          assert.equal((await judge(about)).reason, expected(id, topic.id, mine), `seed ${seed}, person ${i}`)
        }
      }
    })

  test('a merged record keeps the stricter of two wishes; an erased one none', async ({ assert }) => {
    const { workspace } = await bakery()
    const [ada, twin] = await plantPeople(workspace, ['ada@example.com', 'twin@example.com'])
    const soon = DateTime.utc().plus({ days: 5 })
    const about = { workspaceId: workspace.id, channel: 'email', topicId: ALL_TOPICS, actor: theSystem }
    await db.transaction(async (trx) => {
      await keepWish({ ...about, contactId: ada, pace: 'weekly', pausedUntil: soon, trx })
      await keepWish({ ...about, contactId: twin, pace: 'monthly', trx })
      await passOnWishes({ workspaceId: workspace.id, from: ada, to: twin, trx })
    })
    const [wish] = await wishesOf({ workspaceId: workspace.id, contactId: twin })
    assert.include(wish, { pace: 'monthly', topicName: null })
    assert.equal(wish.pausedUntil!.getTime(), soon.toMillis())
    await db.transaction((trx) => eraseLedger({ workspaceId: workspace.id, contactId: twin, trx }))
    assert.isEmpty(await wishesOf({ workspaceId: workspace.id, contactId: twin }))
  })
})

/** A campaign that a provider took for these people, so many hours ago. */
async function plantSent(
  { id: workspaceId }: { id: number },
  { campaign, topic, hoursAgo, who }: { campaign: number; topic: number; hoursAgo: number; who: number[] }
) {
  const at = DateTime.utc().minus({ hours: hoursAgo })
  const month = at.startOf('month').toISODate()!
  await db.rawQuery('select ensure_month_partitions(?)', [month])
  await db.table('shipments').insert({
    workspace_id: workspaceId,
    campaign_id: campaign,
    month,
    edition_id: 1,
    topic_id: topic,
    state: 'finished',
    candidates: who.length,
    mailable: who.length,
  })
  if (who.length === 0) return
  await db.table('messages').multiInsert(
    who.map((id, position) => ({
      workspace_id: workspaceId,
      month,
      campaign_id: campaign,
      contact_id: id,
      batch_id: campaign,
      position,
      state: 'delivered',
      accepted_at: at.toJSDate(),
    }))
  )
}

const run = async ({ sql, bindings }: { sql: string; bindings: unknown[] }) =>
  (await db.rawQuery(sql, bindings as any[])).rows as { contact_id: number; reason: string }[]
