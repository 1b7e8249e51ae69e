import { addressIn } from './addresses.js'
import { recipientOf } from './mailbox.js'

/**
 * What tests may ask and do, in-process and through `/_control`. Nothing here exists at Resend.
 */
export class Control {
  /** @param {import('./world.js').World} world */
  constructor(world) {
    this.world = world
  }

  /**
   * Accepted mails, oldest first, with html, text, headers and tags (an object).
   * @param {{ to?: string, tags?: Record<string, string>, limit?: number }} [filter] `to` is an address
   */
  async mails({ to, tags = {}, limit = Infinity } = {}) {
    const { mailbox } = this.world
    const found = []
    for (const mail of mailbox.all) {
      if (found.length >= limit) break
      if (to && !mail.to.some((recipient) => addressIn(recipient) === to.toLowerCase())) continue
      if (Object.entries(tags).some(([name, value]) => mail.tags?.[name] !== value)) continue
      found.push(drawn(mail, await mailbox.contentOf(mail)))
    }
    return found
  }

  /**
   * The truth about a campaign: how many mails each recipient was sent.
   * @param {string} tag the tag's name
   * @param {string} [value] all values when not given
   * @returns {Record<string, number>} recipient → count
   */
  ledger(tag, value) {
    const counts = new Map()
    for (const mail of this.world.mailbox.all) {
      const found = mail.tags?.[tag]
      if (found === undefined || (value !== undefined && found !== value)) continue
      const recipient = recipientOf(mail)
      counts.set(recipient, (counts.get(recipient) ?? 0) + 1)
    }
    return Object.fromEntries(counts)
  }

  /** Counts of everything. `duplicates`: mails beyond the first to the same recipient with the same `c` tag. */
  stats() {
    const { counts, quota, webhooks, mailbox } = this.world
    return {
      ...counts,
      duplicates: duplicatesIn(mailbox.all),
      quota: { daily: quota.daily, monthly: quota.monthly },
      webhooks: webhooks.courier.stats,
      rss: process.memoryUsage.rss(),
      cpu_seconds: cpuSeconds(),
    }
  }

  /** Forgets everything: mails, keys, events, webhooks, rules, quota, the clock. */
  reset() {
    return this.world.reset()
  }

  /**
   * Replaces the rules of what goes wrong; no rules, no chaos.
   * @param {import('./chaos.js').Rule[]} [rules]
   */
  chaos(rules = []) {
    this.world.chaos.set(rules)
  }

  /** Moves the clock forward; what becomes due happens. */
  advance(ms) {
    this.world.clock.advance(ms)
  }

  /** Changes options while running, such as `{ rps: 0 }`. */
  set(options) {
    for (const name of Object.keys(options)) {
      if (!(name in this.world.options)) throw new Error(`The stand-in has no option "${name}"`)
    }
    Object.assign(this.world.options, options)
  }

  /** Holds all webhooks back, until they are flushed or no longer paused. */
  pauseWebhooks(isPaused = true) {
    this.world.webhooks.courier.isPaused = isPaused
  }

  /** Registers a webhook without asking the API. */
  addWebhook(wish) {
    const { id, secrets } = this.world.webhooks.add(wish)
    return { id, signing_secret: secrets[0].secret }
  }

  /**
   * Lets events happen, by hand. They are told in the order of `order`, then of the list.
   * @param {{ type: string, email_id?: string, to?: string, delay_ms?: number, order?: number, created_at?: string, details?: object }[]} events
   *   `type` such as `email.bounced`; `to` means the newest mail to that address; `details` such as `{ bounce: {…} }`
   * @throws {Error} when there is no such mail
   */
  emit(events) {
    const found = events.map((event) => ({ ...event, mail: this.#mailOf(event) }))
    found.sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
    for (const { type, mail, delay_ms: delay = 0, details, created_at: at } of found) {
      const happen = () => this.world.journeys.emit(mail, type.replace(/^email\./, ''), { details, at })
      if (delay === 0) happen()
      else this.world.clock.at(this.world.clock.now() + delay, 'journey', happen)
    }
  }

  /** Lets all mails arrive, brings all webhooks once, and waits for their answers. */
  flush() {
    while (this.world.clock.runAll('journey', 'domain') > 0);
    return this.world.webhooks.courier.flush()
  }

  #mailOf({ email_id: id, to }) {
    const { mailbox } = this.world
    const mail = id
      ? mailbox.find(id)
      : mailbox.all.findLast((candidate) => recipientOf(candidate) === to?.toLowerCase())
    if (!mail) throw new Error(`There is no mail ${id ?? `to ${to}`}`)
    return mail
  }
}

function drawn(mail, content) {
  return {
    ...content,
    id: mail.id,
    to: mail.to,
    tags: mail.tags ?? {},
    created_at: new Date(mail.createdAt).toISOString(),
    last_event: mail.lastEvent,
    idempotency_key: mail.request.key ?? null,
  }
}

function cpuSeconds() {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

function duplicatesIn(mails) {
  const seen = new Set()
  let duplicates = 0
  for (const mail of mails) {
    if (!mail.tags?.c) continue
    const pair = `${mail.tags.c} ${recipientOf(mail)}`
    if (seen.has(pair)) duplicates++
    seen.add(pair)
  }
  return duplicates
}
