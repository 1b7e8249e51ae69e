import { test } from '@japa/runner'
import { readFileSync } from 'node:fs'
import { keyOf } from '#tests/model/key'
import { broken, isEnd } from '#tests/model/laws'
import { protocol } from '#tests/model/protocol'
import { rules, type Rule } from '#tests/model/rules'
import { search, type Found } from '#tests/model/search'
import { begin } from '#tests/model/state'

/** What may go wrong at once. Each world is searched to its end, so the fewer things in one, the more of it is seen. */
const worlds = {
  'a crash, a lost answer, a refusal, a reader who leaves, a cancellation': begin(null, {
    crashes: 1,
    losses: 1,
    refusals: 1,
    leaves: 1,
    cancels: 1,
  }),
  'two crashes, a pause, a cancellation, a reader who leaves': begin(null, {
    crashes: 2,
    pauses: 1,
    cancels: 1,
    leaves: 1,
  }),
  'a crash, a lost answer, a refusal, a day, another account': begin(null, {
    crashes: 1,
    losses: 1,
    refusals: 1,
    days: 1,
    accounts: 1,
  }),
  'a quota that stays used up, two crashes, a lost answer, a refusal, a cancellation': begin(null, {
    crashes: 2,
    losses: 1,
    refusals: 1,
    cancels: 1,
    resets: 0,
  }),
  'a slow mailbox provider and a reader who leaves': begin(null, { leaves: 1, slows: 1 }),
  'a slow mailbox provider and a crash': begin(null, { crashes: 1, slows: 1 }),
  'a campaign that is taken back, two crashes, a lost answer': begin(
    null,
    { crashes: 2, losses: 1 },
    { isUndoable: true }
  ),
  'a letter that is changed, a crash, a lost answer': begin(null, { crashes: 1, losses: 1, pauses: 1, revisions: 1 }),
  'a provider without keys, two crashes, two lost answers, two refusals, a cancellation': begin(
    null,
    { crashes: 2, losses: 2, refusals: 2, cancels: 1 },
    { isKeyless: [true] }
  ),
  'a second provider that steps in for the first, a lost answer, two refusals': begin(
    null,
    { losses: 1, refusals: 2, falls: 1, resets: 0 },
    { hasFallback: true }
  ),
  'a second provider, both without keys, a crash, a lost answer, two refusals': begin(
    null,
    { crashes: 1, losses: 1, refusals: 2, falls: 1, resets: 0 },
    { hasFallback: true, isKeyless: [true, true] }
  ),
  'a refused address and a crash': begin(0, { crashes: 1 }),
  'a refused address and a lost answer': begin(0, { losses: 1 }),
}
type World = keyof typeof worlds

const [OFTEN, PAUSED, LATE, SPENT, SLOW, , UNDONE, REVISED, KEYLESS, TWO] = Object.keys(worlds) as World[]

const look = (world: World, without?: Rule): Found =>
  search({ begins: [worlds[world]], steps: protocol({ without }), broken, isEnd, key: keyOf })

/** The way to a broken law, a line a step. */
const told = ({ broken: found }: Found) =>
  found === null ? 'no law is broken' : [...found.trace, `→ ${found.law}`].join('\n')

test.group('The protocol of sending, in every order of events', () => {
  for (const world of Object.keys(worlds) as World[]) {
    test(`holds with ${world}`, ({ assert }) => {
      const found = look(world)
      assert.isNull(found.broken, told(found))
      assert.isAbove(found.states, 10_000)
      assert.isAbove(found.ends, 100)
    })
  }

  test('names lines that the product has', ({ assert }) => {
    for (const { file, line } of Object.values(rules)) {
      const code = readFileSync(new URL(`../../../app/delivery/${file}`, import.meta.url), 'utf8')
      assert.include(code, line, file)
    }
  })
})

const mutations: [without: Rule, world: World, law: string][] = [
  ['no unsealing in doubt', TWO, 'Ada got two mails'],
  ['a sealed one keeps its account', TWO, 'Ada is unconfirmed without need'],
  ['without keys no call is made twice', KEYLESS, 'Ada got two mails'],
  ['only the letter of now is sealed', REVISED, 'sealed with a letter that had been replaced'],
  ['only what waits is taken back', UNDONE, 'somebody got a mail that was taken back'],
  ['every write names the fence', LATE, 'Ada got two mails'],
  ['sealed before the call', LATE, 'Ada got two mails'],
  ['sealed is in doubt', LATE, 'Ada got two mails'],
  ['the same key again', OFTEN, 'Ada got two mails'],
  ['permission is asked again', OFTEN, 'Ben had left long before the seal'],
  ['only what runs is sealed', PAUSED, 'sealed while the campaign was paused'],
  ['what was asked long ago is not sealed', OFTEN, 'Ben had left long before the seal'],
  ['who slept does not call', LATE, 'Ada got two mails'],
  ['an old key is not called with', LATE, 'Ada got two mails'],
  ['nobody else is called with it', LATE, 'Ada got two mails'],
  ['batch and messages end together', OFTEN, 'the books do not close: Ada is accounted for 0 times'],
  ['what comes back is cancelled', PAUSED, 'from here the campaign can never end'],
  ['what is sealed is not cancelled', OFTEN, 'Ada got a mail and counts as cancelled'],
  ['what is in doubt waits for no quota', SPENT, 'from here the campaign can never end'],
  ['whoever is parked is let go', SLOW, 'from here the campaign can never end'],
  ['leases end', OFTEN, 'from here the campaign can never end'],
]

test.group('Without one line of it', () => {
  for (const [without, world, law] of mutations) {
    test(`("${without}") the search finds: ${law}`, ({ assert }) => {
      const found = look(world, without)
      assert.equal(found.broken?.law, law, told(found))
    })
  }

  test('every line is tried', ({ assert }) => {
    assert.sameMembers([...new Set(mutations.map(([without]) => without))], Object.keys(rules))
  })

  test('what it finds can be read', ({ assert }) => {
    assert.equal(
      told(look(LATE, 'who slept does not call')),
      [
        'the campaign is frozen',
        'worker 1 takes the queued batch of Ada and Ben',
        'worker 1 asks who may still be written to',
        'worker 1 seals for Ada and Ben',
        'worker 1 calls with K for Ada and Ben',
        'the provider answers K: accepted',
        'a minute passes: leases end, and whoever held one has slept',
        'worker 2 takes the doubtful sealed batch of Ada and Ben',
        'worker 2 makes the same mails again',
        'a day passes: the provider forgets its keys',
        'worker 2 calls with K for Ada and Ben',
        'the provider answers K: accepted',
        '→ Ada got two mails',
      ].join('\n')
    )
  })
})
