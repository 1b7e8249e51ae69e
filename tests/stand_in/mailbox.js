import { hash, randomUUID } from 'node:crypto'
import { addressIn } from './addresses.js'
import { listOf } from './mail_rules.js'
import { readSchedule } from './schedule.js'

/**
 * The mails that were accepted: the record of the truth. Memory holds what events and questions need
 * (recipients, subject, tags, headers); bodies are on disk and never in memory for longer than their request.
 *
 * @typedef {object} Mail
 * @property {string} id
 * @property {number} number its place in the order of acceptance
 * @property {string} from
 * @property {string[]} to
 * @property {string} subject
 * @property {Record<string, string>} [tags]
 * @property {Record<string, string>} [headers] absent with `--bodies none`
 * @property {string} [headersHash] only with `--bodies none`
 * @property {number} createdAt ms since 1970
 * @property {number | null} scheduledAt ms since 1970
 * @property {string} lastEvent
 * @property {{ key?: string, offset: number, length: number }} request where its request is on disk
 * @property {number} item its place in that request
 */
export class Mailbox {
  /** @type {Mail[]} */
  all = []
  /** @type {Map<string, Mail>} */
  #byId = new Map()
  /** Ids count up in their first eight digits: a UUID for each mail would cost more than the mail. */
  #idTail = randomUUID().slice(8)
  #ids = 0

  /**
   * @param {import('./mail_file.js').MailFile} file
   * @param {{ bodies: 'disk' | 'none' }} options
   */
  constructor(file, options) {
    this.file = file
    this.options = options
  }

  /**
   * Takes the mails of one request: on disk first, then in memory.
   * @param {{ at: number, key?: string, body: Buffer, packed?: Buffer, mails: { mail: any, item: number }[] }} request
   * @returns {Promise<Mail[]>} in the order given
   */
  async accept({ at, key, body, packed, mails }) {
    const kept = mails.map(({ mail, item }) => this.#keep(mail, item, at))
    const head = {
      at: new Date(at).toISOString(),
      key,
      ids: kept.map(({ id }) => id),
      items: kept.map(({ item }) => item),
    }
    const place = await this.#write(head, kept, body, packed)
    const request = { key, ...place }
    for (const mail of kept) {
      mail.request = request
      mail.number = this.all.push(mail) - 1
      this.#byId.set(mail.id, mail)
    }
    return kept
  }

  /** @returns {Mail | undefined} */
  find(id) {
    return this.#byId.get(id)
  }

  /** What was asked for this mail: html, text and everything else. With `--bodies none`, what was kept. */
  async contentOf(mail) {
    const body = await this.file.read(mail.request)
    return Array.isArray(body) ? body[mail.item] : body
  }

  async empty() {
    this.all = []
    this.#byId.clear()
    await this.file.empty()
  }

  #keep(mail, item, at) {
    const keepsBodies = this.options.bodies === 'disk'
    const headers = mail.headers ?? undefined
    return {
      id: (++this.#ids).toString(16).padStart(8, '0') + this.#idTail,
      number: -1,
      from: mail.from,
      to: listOf(mail.to),
      subject: mail.subject,
      tags: mail.tags?.length ? Object.fromEntries(mail.tags.map(({ name, value }) => [name, value])) : undefined,
      headers: keepsBodies ? headers : undefined,
      headersHash: keepsBodies || !headers ? undefined : hash('sha256', JSON.stringify(headers)),
      createdAt: at,
      scheduledAt: mail.scheduled_at === undefined ? null : readSchedule(mail.scheduled_at, at),
      lastEvent: mail.scheduled_at === undefined ? 'queued' : 'scheduled',
      request: { key: undefined, offset: -1, length: 0 },
      item,
    }
  }

  #write(head, kept, body, packed) {
    if (this.options.bodies === 'disk') return this.file.append(head, body, packed)
    const light = kept.map(({ from, to, subject, tags, headersHash }) => {
      return { from, to, subject, tags, headersHash }
    })
    kept.forEach((mail, item) => (mail.item = item))
    return this.file.append(head, Buffer.from(JSON.stringify(light)))
  }
}

/** Resend's message id, which is its mail transport's. */
export const messageIdOf = (mail) => `<${mail.id}@eu-west-1.amazonses.com>`

/** The first recipient's bare address. */
export const recipientOf = (mail) => addressIn(mail.to[0])
