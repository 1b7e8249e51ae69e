const LONGEST_TIMER = 2 ** 31 - 1

/**
 * The stand-in's time: real time plus what tests have added, and the work that waits for a moment.
 * Moving the clock runs what has become due, so 24 hours of idempotency cost a test nothing.
 */
export class Clock {
  #offset = 0
  /** @type {number | null} */
  #stoppedAt = null
  #count = 0
  /** @type {Set<{ due: number, order: number, kind: string, work: () => void, timer?: NodeJS.Timeout }>} */
  #waiting = new Set()

  /** Milliseconds since 1970, as the stand-in sees it. */
  now() {
    return (this.#stoppedAt ?? Date.now()) + this.#offset
  }

  /** The same as ISO 8601. */
  iso() {
    return new Date(this.now()).toISOString()
  }

  /** Runs `work` at `due` (ms since 1970). `kind` names it for `runAll`. */
  at(due, kind, work) {
    this.#arm({ due, order: this.#count++, kind, work })
  }

  /** From now on time stands still, but for what tests add: a second lasts as long as a busy machine needs. */
  stop() {
    this.#stoppedAt = Date.now()
  }

  /** Moves time forward by `ms`; what becomes due runs before this returns. */
  advance(ms) {
    this.#offset += ms
    this.#run((entry) => entry.due <= this.now())
    for (const entry of this.#waiting) this.#arm(entry)
  }

  /** Runs all waiting work of these kinds now, in the order in which it was due. Returns how many ran. */
  runAll(...kinds) {
    return this.#run((entry) => kinds.includes(entry.kind))
  }

  /** How many pieces of work of a kind wait. */
  waiting(kind) {
    let count = 0
    for (const entry of this.#waiting) if (entry.kind === kind) count++
    return count
  }

  /** Forgets all waiting work and all added time; time goes on. */
  reset() {
    for (const entry of this.#waiting) clearTimeout(entry.timer)
    this.#waiting.clear()
    this.#offset = 0
    this.#stoppedAt = null
  }

  #arm(entry) {
    clearTimeout(entry.timer)
    this.#waiting.add(entry)
    const wait = Math.min(Math.max(entry.due - this.now(), 0), LONGEST_TIMER)
    entry.timer = setTimeout(() => {
      if (entry.due > this.now() + 1) return this.#arm(entry)
      this.#waiting.delete(entry)
      entry.work()
    }, wait)
  }

  #run(isMeant) {
    const meant = [...this.#waiting].filter(isMeant).sort((a, b) => a.due - b.due || a.order - b.order)
    for (const entry of meant) {
      clearTimeout(entry.timer)
      this.#waiting.delete(entry)
    }
    for (const entry of meant) entry.work()
    return meant.length
  }
}
