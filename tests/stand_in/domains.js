import { randomUUID } from 'node:crypto'

/** 1024 bits, as Resend's own. Nobody has its other half. */
const SAMPLE_KEY =
  'p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDtKUWq8Ini3Yui8lhTcOOtn8FfqDqZxSZUNdqJzJsJJokxRHHSNQ5zRX0iDNbP' +
  '4kP6fTysAeISszUdyKYvDxNMWAHWv67cHf/Z2s6cbMWuaCbqI3gajJYG/IlSuXXXRMwYGQUSTN46wVroF6fo/YWHKTHf4lrj1Kc/e2H0Quy+/QIDAQAB'

/**
 * Sending domains. A domain that was never added may send (development needs no ceremony); one that was added may
 * when it is verified. Verification succeeds after a moment, except for names beginning with `failing.`.
 * Source: Resend docs, "Domains".
 */
export class Domains {
  /** @type {Map<string, any>} by id, oldest first */
  #byId = new Map()

  /** @param {Pick<import('./world.js').World, 'clock' | 'options' | 'webhooks'>} world */
  constructor(world) {
    this.world = world
  }

  /** Oldest first. */
  get all() {
    return [...this.#byId.values()]
  }

  find(id) {
    return this.#byId.get(id)
  }

  /** Whether mail may be sent from here. */
  mayUse(name) {
    for (const domain of this.#byId.values()) if (domain.name === name) return domain.status === 'verified'
    return true
  }

  /** @param {any} wish the body of POST /domains */
  add(wish) {
    const domain = {
      id: randomUUID(),
      name: wish.name.toLowerCase(),
      status: 'not_started',
      created_at: this.world.clock.iso(),
      region: wish.region ?? 'us-east-1',
      capabilities: { sending: 'enabled', receiving: 'disabled', ...wish.capabilities },
      open_tracking: wish.open_tracking ?? false,
      click_tracking: wish.click_tracking ?? false,
      ...(wish.tracking_subdomain && { tracking_subdomain: wish.tracking_subdomain }),
      records: recordsOf(wish.custom_return_path ?? 'send', wish.region ?? 'us-east-1'),
    }
    this.#byId.set(domain.id, domain)
    this.#tell('domain.created', domain)
    return domain
  }

  /** Starts the check of the DNS records; its result comes later, with `domain.updated`. */
  verify(domain) {
    this.#become(domain, 'pending')
    const due = this.world.clock.now() + this.world.options.eventDelay
    this.world.clock.at(due, 'domain', () => {
      this.#become(domain, domain.name.startsWith('failing.') ? 'failed' : 'verified')
      this.#tell('domain.updated', domain)
    })
  }

  update(domain, changes) {
    Object.assign(domain, changes)
    this.#tell('domain.updated', domain)
  }

  remove(domain) {
    this.#byId.delete(domain.id)
    this.#tell('domain.deleted', domain)
  }

  reset() {
    this.#byId.clear()
  }

  #become(domain, status) {
    domain.status = status
    domain.records = domain.records.map((record) => ({ ...record, status }))
  }

  #tell(type, { id, name, status, created_at, region, records }) {
    this.world.webhooks.tell({
      type,
      at: this.world.clock.iso(),
      data: { id, name, status, created_at, region, records },
    })
  }
}

function recordsOf(returnPath, region) {
  const shared = { ttl: 'Auto', status: 'not_started' }
  const feedback = `feedback-smtp.${region}.amazonses.com`
  return [
    { record: 'SPF', name: returnPath, type: 'MX', value: feedback, priority: 10, ...shared },
    {
      record: 'SPF',
      name: returnPath,
      type: 'TXT',
      value: 'v=spf1 include:amazonses.com ~all',
      ...shared,
    },
    { record: 'DKIM', name: 'resend._domainkey', type: 'TXT', value: SAMPLE_KEY, ...shared },
  ]
}
