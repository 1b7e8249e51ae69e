/** First in, first out, cheap at any length. */
export class Queue {
  #items = []
  #first = 0

  get length() {
    return this.#items.length - this.#first
  }

  push(item) {
    this.#items.push(item)
  }

  /** The oldest item; there must be one. */
  take() {
    const item = this.#items[this.#first]
    this.#items[this.#first++] = undefined
    if (this.#first > 1_000 && this.#first * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#first)
      this.#first = 0
    }
    return item
  }

  clear() {
    this.#items = []
    this.#first = 0
  }
}
