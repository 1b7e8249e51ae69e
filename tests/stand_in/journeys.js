import { fateOf, domainOf, TEST_DOMAIN } from './addresses.js'
import { recipientOf } from './mailbox.js'

const HARD = {
  type: 'Permanent',
  subType: 'General',
  message: "The recipient's mail server rejected the mail.",
  diagnosticCode: ['smtp; 550 5.1.1 user unknown'],
}
const SOFT = {
  type: 'Transient',
  subType: 'MailboxFull',
  message: "The recipient's mailbox is full.",
  diagnosticCode: ['smtp; 452 4.2.2 mailbox full'],
}

/** What each event says beyond the mail itself, when nobody says otherwise. Source: Resend docs, "Webhook event types" */
const DETAILS = {
  bounced: { bounce: HARD },
  failed: { failed: { reason: 'invalid_recipient' } },
  suppressed: {
    suppressed: {
      message: 'The recipient is on the suppression list.',
      type: 'OnAccountSuppressionList',
    },
  },
}

/** The events of each fate, in order. */
const JOURNEYS = {
  delivered: [{ name: 'sent' }, { name: 'delivered' }],
  bounced: [{ name: 'sent' }, { name: 'bounced' }],
  bounced_softly: [{ name: 'sent' }, { name: 'bounced', details: { bounce: SOFT } }],
  complained: [{ name: 'sent' }, { name: 'delivered' }, { name: 'complained' }],
  delayed: [{ name: 'sent' }, { name: 'delivery_delayed' }, { name: 'delivered' }],
  suppressed: [{ name: 'suppressed' }],
  failed: [{ name: 'failed' }],
}

/**
 * What happens to a mail after it was accepted: its events, one after the other, and their consequences.
 * All mails of a request travel together, so that a hundred mails cost one timer.
 */
export class Journeys {
  /** @param {Pick<import('./world.js').World, 'clock' | 'options' | 'suppressions' | 'metrics' | 'webhooks'>} world */
  constructor(world) {
    this.world = world
  }

  /** Sends accepted mails on their way; scheduled ones when their time has come. */
  start(mails) {
    if (this.world.options.events === 'auto') this.#travel(mails.filter((mail) => mail.scheduledAt === null))
    for (const mail of mails) if (mail.scheduledAt !== null) this.schedule(mail)
  }

  /** Lets a mail wait for its `scheduledAt`; an earlier appointment lapses. */
  schedule(mail) {
    const due = mail.scheduledAt
    this.emit(mail, 'scheduled')
    this.world.clock.at(due, 'scheduled', () => {
      if (mail.scheduledAt !== due || mail.lastEvent !== 'scheduled') return
      mail.lastEvent = 'queued'
      if (this.world.options.events === 'auto') this.#travel([mail])
    })
  }

  /**
   * One event of a mail, now: remembered, counted, its consequence drawn, told to the webhooks.
   * @param {import('./mailbox.js').Mail} mail
   * @param {string} name without the `email.` in front
   * @param {{ details?: object, at?: string }} [event] `at` is ISO 8601, when it happened
   */
  emit(mail, name, { details = DETAILS[name], at = this.world.clock.iso() } = {}) {
    mail.lastEvent = name
    this.world.metrics.count(name, at, details)
    this.world.webhooks.tell({ type: `email.${name}`, at, mail, details })
    this.#suppress(mail, name, details)
  }

  #travel(mails, step = 0) {
    if (mails.length === 0) return
    const due = this.world.clock.now() + this.world.options.eventDelay
    this.world.clock.at(due, 'journey', () => {
      const at = this.world.clock.iso()
      const stillTravelling = mails.filter((mail) => {
        const events = JOURNEYS[this.#fateOf(mail, step)]
        const event = events[step]
        if (event) this.emit(mail, event.name, { at, details: event.details ?? DETAILS[event.name] })
        return step + 1 < events.length
      })
      this.#travel(stillTravelling, step + 1)
    })
  }

  #fateOf(mail, step) {
    const recipient = recipientOf(mail)
    if (step === 0 && this.world.suppressions.has(recipient)) return 'suppressed'
    return fateOf(recipient, this.world.options)
  }

  #suppress(mail, name, details) {
    const recipient = recipientOf(mail)
    if (domainOf(recipient) === TEST_DOMAIN) return
    if (name === 'complained') this.world.suppressions.add(recipient, 'complaint', mail.id)
    if (name === 'bounced' && details?.bounce?.type === 'Permanent') {
      this.world.suppressions.add(recipient, 'bounce', mail.id)
    }
  }
}
