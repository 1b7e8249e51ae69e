import { test } from '@japa/runner'
import { setTimeout as sleep } from 'node:timers/promises'
import { GroupCommit } from '#platform'

test.group('Writing together', () => {
  test('what gathers during one write goes with the next, and each gets its own result', async ({ assert }) => {
    const writes: number[][] = []
    const log = new GroupCommit<number, string>(async (items) => {
      writes.push(items)
      await sleep(5)
      return items.map((item) => `stored ${item}`)
    })
    const results = await Promise.all([1, 2, 3, 4].map((item) => log.add(item)))
    assert.deepEqual(results, ['stored 1', 'stored 2', 'stored 3', 'stored 4'])
    assert.deepEqual(writes, [[1], [2, 3, 4]])
  })

  test('one that cannot be written fails alone', async ({ assert }) => {
    const stored: number[] = []
    const log = new GroupCommit<number>(async (items) => {
      await sleep(1)
      if (items.includes(3)) throw new Error('bad')
      stored.push(...items)
    })
    const results = await Promise.allSettled([1, 2, 3, 4].map((item) => log.add(item)))
    assert.deepEqual(
      results.map(({ status }) => status),
      ['fulfilled', 'fulfilled', 'rejected', 'fulfilled']
    )
    assert.deepEqual(stored, [1, 2, 4])
  })
})
