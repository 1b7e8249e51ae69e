import { test } from '@japa/runner'
import { launcher } from '#tests/support/launchers'

const { unusedPort } = await launcher('ports')

test.group('A port that will still be free', () => {
  test('is given once, though nobody listens yet on those that were given before', async ({ assert }) => {
    const ports = new Set<number>()
    for (let no = 0; no < 500; no++) ports.add(await unusedPort('127.0.0.1'))
    assert.equal(ports.size, 500)
  })
})
