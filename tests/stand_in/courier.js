import { randomUUID } from 'node:crypto'
import { envelopeOf } from './envelope.js'
import { Postman } from './postman.js'
import { Queue } from './queue.js'
import { signatureHeaders } from './signature.js'

/** Waits before each attempt, in ms. Source: Resend docs, "Retries and replays". */
const SCHEDULE = [0, 5_000, 300_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000, 36_000_000]
const LOST_IN_A_ROW = 5
const AT_ONCE = 8

/**
 * Brings events to endpoints: at least once, in no promised order, again when they were not taken.
 *
 * @typedef {object} Parcel one event for one endpoint
 * @property {string} id the svix-id, the same on every attempt
 * @property {import('./webhooks.js').Endpoint} endpoint
 * @property {import('./webhooks.js').Happening} happening
 * @property {'pending' | 'attempting' | 'success' | 'failed'} status
 * @property {{ id: string, http_status_code: number, response: string, sent_at: string }[]} attempts 0 means "no answer"
 * @property {number | null} nextAttemptAt ms since 1970
 */
export class Courier {
  #queue = new Queue()
  #underway = 0
  #idle = []
  #postman = new Postman()
  isPaused = false
  counts = { delivered: 0, failed: 0, attempts: 0 }

  /** @param {Pick<import('./world.js').World, 'clock' | 'options' | 'chance'>} world */
  constructor(world) {
    this.world = world
  }

  /** Takes a parcel: brings it at once, or after a random moment when order is to be lost; sometimes twice. */
  take(parcel) {
    const { shuffle, duplicate } = this.world.options
    const copies = duplicate && this.world.chance() < duplicate ? 2 : 1
    for (let copy = 0; copy < copies; copy++) {
      if (shuffle || this.isPaused) this.#hold(parcel, this.world.chance() * shuffle)
      else this.#push(parcel)
    }
  }

  /** Brings a parcel again, outside its schedule. */
  replay(parcel) {
    this.#push(parcel)
  }

  /** Brings everything that is held or waits for its next attempt, once, and waits until all were answered. */
  async flush() {
    const wasPaused = this.isPaused
    this.isPaused = false
    this.world.clock.runAll('parcel', 'retry')
    this.#next()
    await this.idle()
    this.isPaused = wasPaused
    return this.stats
  }

  /** Resolves when nothing is queued or under way. */
  idle() {
    if (this.#underway === 0 && this.#queue.length === 0) return Promise.resolve()
    return new Promise((resolve) => this.#idle.push(resolve))
  }

  get stats() {
    const { clock } = this.world
    const pending = this.#queue.length + this.#underway + clock.waiting('parcel') + clock.waiting('retry')
    return { ...this.counts, pending }
  }

  reset() {
    this.#queue.clear()
    this.counts = { delivered: 0, failed: 0, attempts: 0 }
    this.isPaused = false
  }

  close() {
    this.#queue.clear()
    this.#postman.close()
  }

  #hold(parcel, ms) {
    this.world.clock.at(this.world.clock.now() + ms, 'parcel', () => {
      if (this.isPaused) this.#hold(parcel, 50)
      else this.#push(parcel)
    })
  }

  #push(parcel) {
    this.#queue.push(parcel)
    this.#next()
  }

  #next() {
    while (this.#underway < AT_ONCE && this.#queue.length > 0) {
      const parcel = this.#queue.take()
      this.#underway++
      this.#attempt(parcel).finally(() => {
        this.#underway--
        this.#next()
        if (this.#underway === 0 && this.#queue.length === 0) this.#idle.splice(0).forEach((resolve) => resolve())
      })
    }
  }

  async #attempt(parcel) {
    const { endpoint } = parcel
    const body = JSON.stringify(envelopeOf(parcel.happening))
    const secrets = endpoint.secrets.filter(({ until }) => until > this.world.clock.now()).map(({ secret }) => secret)
    const seconds = Math.floor(Date.now() / 1_000)
    const sentAt = this.world.clock.iso()
    if (parcel.status !== 'success') parcel.status = 'attempting'
    const answer = await this.#postman.post(endpoint.endpoint, body, {
      'user-agent': 'Svix-Webhooks/1.0 (sender)',
      ...signatureHeaders({ id: parcel.id, seconds, body, secrets }),
    })
    parcel.attempts.push({
      id: `atmpt_${randomUUID()}`,
      http_status_code: answer.status,
      response: answer.text,
      sent_at: sentAt,
    })
    this.counts.attempts++
    this.#settle(parcel, answer.status >= 200 && answer.status < 300)
  }

  #settle(parcel, isTaken) {
    if (isTaken) {
      if (parcel.status !== 'success') this.counts.delivered++
      parcel.status = 'success'
      parcel.nextAttemptAt = null
      parcel.endpoint.lost = 0
    } else if (parcel.status !== 'success') {
      this.#retry(parcel)
    }
  }

  #retry(parcel) {
    const wait = SCHEDULE[parcel.attempts.length]
    if (wait === undefined) return this.#giveUp(parcel)
    parcel.status = 'pending'
    parcel.nextAttemptAt = this.world.clock.now() + wait * this.world.options.retryScale
    this.world.clock.at(parcel.nextAttemptAt, 'retry', () => this.#push(parcel))
  }

  #giveUp(parcel) {
    parcel.status = 'failed'
    parcel.nextAttemptAt = null
    this.counts.failed++
    if (++parcel.endpoint.lost >= LOST_IN_A_ROW) parcel.endpoint.status = 'disabled'
  }
}
