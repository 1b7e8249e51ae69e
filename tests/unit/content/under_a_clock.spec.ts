import { test } from '@japa/runner'
import { InvalidTemplate } from '#content'
import { forEachUnderAClock, forgivingABusyMachine, underAClock } from '#app/content/under_a_clock'

/** Works for so long, by what it gets of the processor. */
const busy = (ms: number) => {
  const before = process.threadCpuUsage()
  const used = () => Object.values(process.threadCpuUsage(before)).reduce((sum, part) => sum + part, 0) / 1_000
  while (used() < ms);
}

test.group('Limits by the clock', () => {
  test('a run that was kept waiting may begin again', ({ assert }) => {
    let runs = 0
    const result = forgivingABusyMachine(() => {
      if (++runs < 3) {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60) // asleep, as if another process had the core
        throw InvalidTemplate.tooSlow('too long', 'subject')
      }
      return 'done'
    }, 50)
    assert.equal(result, 'done')
    assert.equal(runs, 3)
  })

  test('a run that was slow itself is refused at once', ({ assert }) => {
    let runs = 0
    assert.throws(
      () =>
        forgivingABusyMachine(() => {
          runs++
          busy(120)
          throw InvalidTemplate.tooSlow('too long', 'subject')
        }, 20),
      'too long'
    )
    assert.equal(runs, 1)
  })

  test('what is wrong in other ways is not tried again', ({ assert }) => {
    let runs = 0
    assert.throws(
      () =>
        forgivingABusyMachine(() => {
          runs++
          throw new InvalidTemplate('unknown filter')
        }, 50),
      'unknown filter'
    )
    assert.equal(runs, 1)
  })

  test('many share one watchdog, and only those who are to blame are stopped', ({ assert }) => {
    const copies = forEachUnderAClock([1, 2, 3], (no) => {
      try {
        return underAClock(() => {
          if (no === 2) for (;;);
          return `copy ${no}`
        }, 400)
      } catch (error) {
        if (error instanceof InvalidTemplate) return 'too slow'
        throw error
      }
    })
    assert.deepEqual(copies, ['copy 1', 'too slow', 'copy 3'])
  })
})
