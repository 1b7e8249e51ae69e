import { randomBytes, randomUUID } from 'node:crypto'
import { Courier } from './courier.js'
import { newSecret } from './signature.js'

const EVENTS_KEPT = 20_000
const OLD_SECRET_WORKS = 24 * 60 * 60 * 1_000

/**
 * The endpoints that want to be told, and what each was told. Source: Resend docs, "Webhooks".
 *
 * @typedef {{ type: string, at: string, mail?: import('./mailbox.js').Mail, details?: object, data?: object }} Happening
 * @typedef {object} Endpoint
 * @property {string} id
 * @property {string} endpoint URL
 * @property {string[] | null} events null means all
 * @property {'enabled' | 'disabled'} status
 * @property {string} created_at
 * @property {{ secret: string, until: number }[]} secrets newest first; a rotated one signs along for a day
 * @property {Map<string, import('./courier.js').Parcel>} parcels by event id, oldest first; the newest 20,000 are kept
 * @property {number} lost parcels in a row that were given up
 */
export class Webhooks {
  /** @type {Map<string, Endpoint>} */
  #endpoints = new Map()

  /** @param {Pick<import('./world.js').World, 'clock' | 'options' | 'chance'>} world */
  constructor(world) {
    this.world = world
    this.courier = new Courier(world)
  }

  /** @returns {Endpoint[]} oldest first */
  get all() {
    return [...this.#endpoints.values()]
  }

  /** @returns {Endpoint | undefined} */
  find(id) {
    return this.#endpoints.get(id)
  }

  /** @param {{ endpoint: string, events?: string[] | null, secret?: string }} wish */
  add({ endpoint, events = null, secret = newSecret() }) {
    const added = {
      id: randomUUID(),
      endpoint,
      events,
      status: /** @type {const} */ ('enabled'),
      created_at: this.world.clock.iso(),
      secrets: [{ secret, until: Infinity }],
      parcels: new Map(),
      lost: 0,
    }
    this.#endpoints.set(added.id, added)
    return added
  }

  remove(id) {
    this.#endpoints.delete(id)
  }

  /** A new signing secret; the old one keeps signing for 24 hours beside it. */
  rotate(endpoint) {
    const until = this.world.clock.now() + OLD_SECRET_WORKS
    endpoint.secrets = [
      { secret: newSecret(), until: Infinity },
      { ...endpoint.secrets[0], until },
    ]
    return endpoint.secrets[0].secret
  }

  /** Tells every endpoint that asked for this type, with the same event id for all. @param {Happening} happening */
  tell(happening) {
    if (this.#endpoints.size === 0) return
    const id = `msg_${randomBytes(18).toString('base64url')}`
    for (const endpoint of this.#endpoints.values()) {
      if (endpoint.status === 'disabled') continue
      if (endpoint.events && !endpoint.events.includes(happening.type)) continue
      const parcel = {
        id,
        endpoint,
        happening,
        status: 'pending',
        attempts: [],
        nextAttemptAt: null,
      }
      endpoint.parcels.set(id, parcel)
      forgetTheOld(endpoint.parcels)
      this.courier.take(parcel)
    }
  }

  reset() {
    this.#endpoints.clear()
    this.courier.reset()
  }
}

function forgetTheOld(parcels) {
  if (parcels.size <= EVENTS_KEPT) return
  for (const [id, { status }] of parcels) {
    if (status === 'success' || status === 'failed') parcels.delete(id)
    if (parcels.size <= EVENTS_KEPT) return
    if (status === 'pending') return
  }
}
