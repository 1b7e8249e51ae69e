import { randomUUID } from 'node:crypto'

/**
 * The team's suppression list: addresses that Resend accepts and does not write to.
 * Source: Resend docs, "Suppressions".
 * @typedef {{ id: string, email: string, origin: 'bounce' | 'complaint' | 'manual', source_id: string | null, created_at: string }} Suppression
 */
export class Suppressions {
  /** @type {Map<string, Suppression>} by address, oldest first */
  #byEmail = new Map()

  /** @param {Pick<import('./world.js').World, 'clock' | 'webhooks'>} world */
  constructor(world) {
    this.world = world
  }

  /** @returns {Suppression[]} oldest first */
  get all() {
    return [...this.#byEmail.values()]
  }

  has(email) {
    return this.#byEmail.has(email)
  }

  /** Adds an address, once; tells the webhooks `suppression.added`. */
  add(email, origin, sourceId = null) {
    const known = this.#byEmail.get(email)
    if (known) return known
    const created = this.world.clock.iso()
    const suppression = {
      id: randomUUID(),
      email,
      origin,
      source_id: sourceId,
      created_at: created,
    }
    this.#byEmail.set(email, suppression)
    this.world.webhooks.tell({ type: 'suppression.added', at: created, data: { ...suppression } })
    return suppression
  }

  /** @returns {Suppression | undefined} */
  find(idOrEmail) {
    return this.#byEmail.get(idOrEmail.toLowerCase()) ?? this.all.find(({ id }) => id === idOrEmail)
  }

  /** Removes one that is listed; tells the webhooks `suppression.removed`. */
  remove(suppression) {
    this.#byEmail.delete(suppression.email)
    this.world.webhooks.tell({
      type: 'suppression.removed',
      at: this.world.clock.iso(),
      data: { ...suppression },
    })
  }

  reset() {
    this.#byEmail.clear()
  }
}
