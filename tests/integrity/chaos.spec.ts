import type { Assert } from '@japa/assert'
import { test } from '@japa/runner'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import app from '@adonisjs/core/services/app'
import { planOf, STEPS } from './chaos/plan.ts'

/** One each by SMTP, SES and Postmark. */
const WITHOUT_KEYS = { seeds: [17, 13, 27], people: 60 }

/** Chosen so that together they have every kind of fault at least once, early enough to happen. */
const KEYED = { seeds: [13252, 19843, 19323, 1337], people: 1_000 }

test.group('Campaigns under faults', () => {
  test('everyone has one mail or one named reason, whatever dies, sleeps, breaks or lies', async ({ assert }) => {
    await run(KEYED, assert)
  }).timeout(1_800_000)

  test('nobody has two mails where keys are not remembered, and who has none has a reason', async ({ assert }) => {
    const { seeds, people } = WITHOUT_KEYS
    assert.sameMembers(
      seeds.map((seed) => planOf({ seed, people }).by),
      ['smtp', 'ses', 'postmark']
    )
    await run(WITHOUT_KEYS, assert)
  }).timeout(900_000)

  test('the four have every fault: death and sleep at each step, and all that can befall database, provider and people', ({
    assert,
  }) => {
    const plans = KEYED.seeds.map((seed) => planOf({ seed, people: KEYED.people }))
    const deaths = plans.flatMap(({ workers }) => workers.map(({ crashAt }) => crashAt?.replace(/:\d+:/, ' ')))
    assert.includeMembers(
      deaths,
      STEPS.flatMap((step) => [`${step} SIGKILL`, `${step} SIGSTOP`])
    )
    assert.includeMembers(
      plans.flatMap(({ faults }) => faults.map(({ kind }) => kind)),
      [
        ...['kill', 'sleep', 'leave', 'join', 'database restarts', 'database connections cut', 'database answers lost'],
        ...['provider connections reset', 'provider stands still', 'provider rate', 'disk full', 'pause'],
        ...['people leave', 'people are erased', 'web is killed', 'the letter is changed', 'service mail'],
        'a mailbox provider asks for patience',
      ]
    )
    assert.includeMembers(
      plans.flatMap(({ rules }) => rules.map(({ effect }) => effect)),
      [
        'daily_quota',
        'monthly_quota',
        'rate_limit',
        'drop_after_accept',
        'drop_before',
        'status',
        'html',
        'truncate',
        'null_body',
        'latency',
      ]
    )
    assert.isTrue(plans.some(({ isTold }) => isTold))
    assert.isTrue(plans.some(({ hasFirstWave }) => hasFirstWave))
    assert.isTrue(plans.some(({ hasFirstWave }) => hasFirstWave))
    assert.isTrue(plans.some(({ workers }) => workers.some(({ clock }) => clock)))
  })
})

/** All in one go: they share a database, the providers and a start, which costs more than some of the runs. */
let all: Promise<{ code: number | null; output: string }> | undefined

async function run({ seeds }: typeof KEYED, assert: Assert) {
  const { code, output } = await (all ??= runAll([KEYED, WITHOUT_KEYS]))
  for (const seed of seeds) assert.match(output, new RegExp(`^✔ ${seed} by `, 'm'))
  assert.equal(code, 0, output)
}

async function runAll(groups: (typeof KEYED)[]) {
  const asked = groups.flatMap(({ seeds, people }) => seeds.map((seed) => `${seed}:${people}`))
  const { NODE_ENV, DATABASE_URL, APP_KEY, APP_URL, PORT, HOST, ...env } = process.env
  const child = spawn(process.execPath, ['bin/chaos.js', '--seeds', asked.join()], { cwd: app.makePath(), env })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (output += bytes))
  const [code] = await once(child, 'close')
  return { code, output }
}
