import { test } from '@japa/runner'
import { start } from '#tests/support/processes'

const nobody = { DATABASE_URL: 'postgres://assent@127.0.0.1:1/assent', PORT: '0' }

test.group('A process that finds no database when it starts', () => {
  for (const [name, args] of [
    ['a worker', ['ace.js', 'worker']],
    ['a web process', ['--import=./bin/sources.js', 'bin/server.ts']],
  ] as const) {
    test(`${name} ends, so that whoever watches over it starts it again`, async ({ assert }) => {
      const process = start([...args], nobody)
      assert.equal(await process.ended, 1, process.output())
    }).timeout(30_000)
  }
})
