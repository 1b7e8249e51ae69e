import { Refusal } from './refusal.js'

const WINDOW = 1_000
const UNLIMITED = 1_000_000

/**
 * So many requests in each second, per API key, without bursts.
 * Source: Resend docs, "Rate limit"; the headers are the IETF draft's.
 */
export class RateLimit {
  #windows = new Map()

  /**
   * @param {import('./clock.js').Clock} clock
   * @param {{ rps: number }} options read on every call, so that it can be changed while running
   */
  constructor(clock, options) {
    this.clock = clock
    this.options = options
  }

  /** Requests per second; a very large number stands for "unlimited". */
  get limit() {
    return this.options.rps || UNLIMITED
  }

  /**
   * Takes one request from the key's second.
   * @returns {{ isExceeded: boolean, headers: Record<string, string> }} the headers belong on every answer
   */
  take(apiKey) {
    const now = this.clock.now()
    let window = this.#windows.get(apiKey)
    if (!window || now >= window.ends) {
      window = { ends: now + WINDOW, used: 0 }
      this.#windows.set(apiKey, window)
    }
    window.used++
    return { isExceeded: window.used > this.limit, headers: this.#headers(window, now) }
  }

  reset() {
    this.#windows.clear()
  }

  #headers(window, now) {
    return {
      'ratelimit-policy': `${this.limit};w=1`,
      'ratelimit-limit': String(this.limit),
      'ratelimit-remaining': String(Math.max(this.limit - window.used, 0)),
      'ratelimit-reset': String(Math.max(Math.ceil((window.ends - now) / 1_000), 1)),
    }
  }
}

/** 429 `rate_limit_exceeded`; `retry-after` is in seconds. */
export function tooManyRequests(limit) {
  const message = `Too many requests. You can only make ${limit} requests per second.`
  return new Refusal(429, 'rate_limit_exceeded', message, { 'retry-after': '1' })
}
