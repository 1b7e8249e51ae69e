import { join } from 'node:path'
import { chanceOf } from './chance.js'
import { Chaos } from './chaos.js'
import { Clock } from './clock.js'
import { Domains } from './domains.js'
import { Idempotency } from './idempotency.js'
import { Journeys } from './journeys.js'
import { Mailbox } from './mailbox.js'
import { MailFile } from './mail_file.js'
import { Metrics } from './metrics.js'
import { Quota } from './quota.js'
import { RateLimit } from './rate_limit.js'
import { Suppressions } from './suppressions.js'
import { Webhooks } from './webhooks.js'

/** Everything the stand-in knows, in one place; routes and the control receive it. */
export class World {
  clock = new Clock()
  chaos = new Chaos()
  metrics = new Metrics()

  /** @param {import('./options.js').Options} options mails are written to `<dir>/mails.jsonl.zst` */
  static async create(options) {
    return new World(options, await MailFile.create(join(options.dir, 'mails.jsonl.zst')))
  }

  /**
   * @param {import('./options.js').Options} options
   * @param {MailFile} file
   */
  constructor(options, file) {
    this.options = options
    this.initialOptions = { ...options }
    this.chance = chanceOf(options.seed)
    this.mailbox = new Mailbox(file, options)
    this.rateLimit = new RateLimit(this.clock, options)
    this.quota = new Quota(this.clock, options)
    this.idempotency = new Idempotency(this.clock)
    this.webhooks = new Webhooks(this)
    this.suppressions = new Suppressions(this)
    this.domains = new Domains(this)
    this.journeys = new Journeys(this)
    this.#begin()
  }

  /** Back to the start: no mails, no events, no rules, the options as they were given. */
  async reset() {
    Object.assign(this.options, this.initialOptions)
    this.chance = chanceOf(this.options.seed)
    for (const part of [this.clock, this.chaos, this.metrics, this.rateLimit, this.quota]) part.reset()
    for (const part of [this.idempotency, this.webhooks, this.suppressions, this.domains]) part.reset()
    await this.mailbox.empty()
    this.#begin()
  }

  /** Stops everything that waits and closes the file. */
  async close() {
    this.clock.reset()
    this.webhooks.courier.close()
    await this.mailbox.file.close()
  }

  #begin() {
    this.counts = {
      requests: 0,
      calls: 0,
      accepted: 0,
      replays: 0,
      conflicts: 0,
      in_flight: 0,
      rate_limited: 0,
      refused: 0,
    }
    const { webhook, webhookSecret } = this.options
    if (webhook) this.webhooks.add({ endpoint: webhook, secret: webhookSecret || undefined })
  }
}
