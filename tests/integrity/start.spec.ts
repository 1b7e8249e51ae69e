import { test } from '@japa/runner'
import { startServer, startWorker } from '#tests/support/processes'

const nobody = { DATABASE_URL: 'postgres://assent@127.0.0.1:1/assent', PORT: '0' }

test.group('A process that finds no database when it starts', () => {
  for (const [name, start] of [
    ['a worker', startWorker],
    ['a web process', startServer],
  ] as const) {
    test(`${name} ends, so that whoever watches over it starts it again`, async ({ assert }) => {
      const process = start(nobody)
      assert.equal(await process.ended, 1, process.output())
    })
  }
})
