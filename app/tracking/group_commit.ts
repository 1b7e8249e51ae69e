interface Waiting<T> {
  item: T
  done(): void
  failed(error: unknown): void
}

const MOST = 500

/**
 * Many small writes as few large ones, each durable before its caller goes on, without a timer: whatever gathers while
 * one write is under way goes with the next (performance.md §4: three times the rate of one insert per request).
 */
export class GroupCommit<T> {
  #waiting: Waiting<T>[] = []
  #isWriting = false

  constructor(private readonly write: (items: T[]) => Promise<void>) {}

  add(item: T): Promise<void> {
    return new Promise((done, failed) => {
      this.#waiting.push({ item, done, failed })
      if (!this.#isWriting) void this.#writeAll()
    })
  }

  async #writeAll() {
    this.#isWriting = true
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MOST)
      try {
        await this.write(batch.map(({ item }) => item))
        batch.forEach(({ done }) => done())
      } catch (error) {
        batch.forEach(({ failed }) => failed(error))
      }
    }
    this.#isWriting = false
  }
}
