import { test } from '@japa/runner'
import { readToken, signPair, signToken } from '#platform'

test.group('A token', () => {
  test('is read by its own door only', ({ assert }) => {
    const token = signToken('leave', [7, 1_763_000_000_042, 12])
    assert.deepEqual(readToken('leave', token), [7, 1_763_000_000_042, 12])
    assert.isNull(readToken('reader', token))
  })

  test('of a pair is not the other one of it', ({ assert }) => {
    const numbers = [7, 1_763_000_000_042, 12]
    const [first, second] = signPair('reader', numbers)
    assert.deepEqual(readToken('reader', first, 0), numbers)
    assert.deepEqual(readToken('reader', second, 1), numbers)
    assert.isNull(readToken('reader', first, 1))
    assert.isNull(readToken('reader', second, 0))
  })

  test('is written in one way: nothing may be added to it, nor its last sign be another one', ({ assert }) => {
    const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    for (const numbers of [
      [7, 12, 9],
      [7, 200, 9],
      [7, 20_000, 9],
    ]) {
      const token = signToken('leave', numbers)
      const others = [...signs].flatMap((sign) => [token + sign, token.slice(0, -1) + sign])
      const read = others.filter((other) => other !== token && readToken('leave', other))
      assert.deepEqual(read, [], `of ${token.length} signs`)
    }
  })
})
