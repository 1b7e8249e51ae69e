import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import { runLoop } from '#platform'

test.group('A loop of the worker', () => {
  test('ends at once when it rests, and finishes what it holds when it works', async ({ assert }) => {
    const end = new AbortController()
    let finished = false
    const resting = runLoop({ name: 'rests', run: ({ idle }) => idle(60_000) }, { signal: end.signal, processId: 'x' })
    const working = runLoop(
      {
        name: 'works',
        async run() {
          await sleep(150)
          finished = true
        },
      },
      { signal: end.signal, processId: 'x' }
    )
    await sleep(20)
    end.abort()
    await resting
    assert.isFalse(finished)
    await working
    assert.isTrue(finished)
  })
})
