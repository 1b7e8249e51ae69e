import { createHash } from 'node:crypto'
import { Refusal } from './refusal.js'

const KEPT = 24 * 60 * 60 * 1_000

/**
 * What was answered to a key, for 24 hours. Source: Resend docs, "Idempotency keys".
 * Assumed, and said in the README: only successes are remembered, and payloads are compared by their raw bytes.
 */
export class Idempotency {
  /** @type {Map<string, { hash: string, at: number, answer: object | null }>} in order of arrival */
  #entries = new Map()

  /** @param {import('./clock.js').Clock} clock */
  constructor(clock) {
    this.clock = clock
  }

  /**
   * Runs `work` once per key and payload.
   * @template T
   * @param {{ apiKey: string, key: string, path: string, packed: Buffer }} request `packed` stands for the raw body:
   *   equal if and only if the body is, and a hundred times faster to hash
   * @param {() => Promise<T>} work what it throws is not remembered
   * @returns {Promise<{ answer: T, isReplay: boolean }>}
   * @throws {Refusal} 400 for a bad key, 409 for another payload, 409 while the first is still running
   */
  async once({ apiKey, key, path, packed }, work) {
    if (key.length < 1 || key.length > 256) throw badKey()
    this.#forgetTheOld()
    const id = `${apiKey} ${key}`
    const hash = createHash('sha256').update(path).update(packed).digest('base64')
    const known = this.#entries.get(id)
    if (known) return { answer: recall(known, hash), isReplay: true }

    const entry = { hash, at: this.clock.now(), answer: null }
    this.#entries.set(id, entry)
    try {
      const answer = await work()
      entry.answer = answer
      return { answer, isReplay: false }
    } finally {
      if (!entry.answer) this.#entries.delete(id)
    }
  }

  reset() {
    this.#entries.clear()
  }

  #forgetTheOld() {
    const oldest = this.clock.now() - KEPT
    for (const [id, entry] of this.#entries) {
      if (entry.at > oldest) return
      if (entry.answer) this.#entries.delete(id)
    }
  }
}

function recall(entry, hash) {
  if (entry.hash !== hash) {
    const message = 'Same idempotency key used with a different request payload.'
    throw new Refusal(409, 'invalid_idempotent_request', message)
  }
  if (!entry.answer) {
    const message = 'Same idempotency key used while the original request is still in progress.'
    throw new Refusal(409, 'concurrent_idempotent_requests', message)
  }
  return entry.answer
}

function badKey() {
  return new Refusal(400, 'invalid_idempotency_key', 'The idempotency key must be between 1 and 256 characters.')
}
