import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { test } from '@japa/runner'
import { addressHash, allowedPeople, bases, excludedPeople, judge, mailableBases, suppress, type Basis } from '#consent'
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
})

const run = async ({ sql, bindings }: { sql: string; bindings: unknown[] }) =>
  (await db.rawQuery(sql, bindings as any[])).rows as { contact_id: number; reason: string }[]
