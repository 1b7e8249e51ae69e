import { type Interpolated } from '#platform'
import type { OutgoingMail } from './email_channel.ts'

/**
 * The body of Resend's `POST /emails/batch`, as bytes: what the SDK would make of the same mails, except that text which
 * many mails share is escaped and encoded once, not once for each of them. That is nine tenths of a campaign's bytes.
 */
export function batchBody(mails: OutgoingMail[]): Buffer {
  const body = new JsonBytes()
  mails.forEach(({ from, to, subject, html, text, replyTo, headers, tags }, no) => {
    const small = JSON.stringify({
      from,
      to,
      subject,
      ...(replyTo ? { reply_to: replyTo } : {}),
      headers,
      tags: Object.entries(tags).map(([name, value]) => ({ name, value })),
    })
    body.add(`${no === 0 ? '[' : ','}${small.slice(0, -1)},"html":"`)
    body.addText(html)
    body.add('","text":"')
    body.addText(text)
    body.add('"}')
  })
  body.add(mails.length === 0 ? '[]' : ']')
  return body.bytes()
}

const FIRST_SIZE = 256 * 1024

const QUOTE = 0x22
const BACKSLASH = 0x5c

/** JSON in the making. Small pieces wait in a string; what is known as bytes is copied. */
class JsonBytes {
  #buffer = spare.pop() ?? Buffer.allocUnsafeSlow(lastSize)
  #length = 0
  #waiting = ''

  add(json: string) {
    this.#waiting += json
  }

  /** What stands between the quotes of a JSON string. */
  addText(text: string | Interpolated) {
    if (typeof text === 'string') return this.add(escaped(text))
    const pieces = encoded(text.strings)
    this.#copy(pieces[0])
    for (let no = 0; no < text.values.length; no++) {
      this.#addValue(text.values[no])
      this.#copy(pieces[no + 1])
    }
  }

  /** Most values are short and need no escape: then they are their own bytes, and no call of the system's costs more than they do. */
  #addValue(value: string) {
    this.#write()
    this.#makeRoom(value.length)
    let at = 0
    for (; at < value.length; at++) {
      const code = value.charCodeAt(at)
      if (code < 0x20 || code > 0x7e || code === QUOTE || code === BACKSLASH) return this.add(escaped(value))
      this.#buffer[this.#length + at] = code
    }
    this.#length += at
  }

  bytes(): Buffer {
    this.#write()
    lastSize = Math.max(FIRST_SIZE, Math.ceil(this.#length * 1.05))
    return this.#buffer.subarray(0, this.#length)
  }

  #copy(piece: Buffer) {
    if (piece.length === 0) return
    this.#write()
    this.#makeRoom(piece.length)
    piece.copy(this.#buffer, this.#length)
    this.#length += piece.length
  }

  #write() {
    if (this.#waiting === '') return
    this.#makeRoom(this.#waiting.length * 3) // the most that UTF-8 takes for a UTF-16 unit
    this.#length += this.#buffer.write(this.#waiting, this.#length)
    this.#waiting = ''
  }

  #makeRoom(wanted: number) {
    if (this.#length + wanted <= this.#buffer.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#buffer.length * 2, this.#length + wanted))
    this.#buffer.copy(larger, 0, 0, this.#length)
    this.#buffer = larger
  }
}

/** The batches of a campaign are about equally long: the next buffer fits at once. */
let lastSize = FIRST_SIZE

/** As many as a worker has calls in flight. Two fresh megabytes for every batch would keep the garbage collector busy. */
const MOST_SPARE = 4
const spare: Buffer[] = []

/** Gives the bytes of a body back for another one, when nobody needs them any more: not the caller, not a socket. */
export function recycle(body: Buffer) {
  if (spare.length < MOST_SPARE) spare.push(Buffer.from(body.buffer))
}

const known = new WeakMap<readonly string[], Buffer[]>()

function encoded(strings: readonly string[]): Buffer[] {
  let pieces = known.get(strings)
  if (!pieces) {
    pieces = strings.map((string) => Buffer.from(escaped(string)))
    known.set(strings, pieces)
  }
  return pieces
}

const escaped = (text: string) => JSON.stringify(text).slice(1, -1)
