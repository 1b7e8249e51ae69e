import { test } from '@japa/runner'
import { runLoop } from '#platform'

test.group('A loop of the worker', () => {
  test('ends at once when it rests, and finishes what it holds when it works', async ({ assert }) => {
    const end = new AbortController()
    const [begun, allowed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    let finished = false
    const resting = runLoop({ name: 'rests', run: ({ idle }) => idle(60_000) }, { signal: end.signal, processId: 'x' })
    const working = runLoop(
      {
        name: 'works',
        async run() {
          begun.resolve()
          await allowed.promise
          finished = true
        },
      },
      { signal: end.signal, processId: 'x' }
    )
    await begun.promise
    end.abort()
    await resting
    assert.isFalse(finished)
    allowed.resolve()
    await working
    assert.isTrue(finished)
  })
})
