import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { parseJson } from './json.js'
import { pack, unpack } from './packing.js'

const NEWLINE = 10
const END = pack(Buffer.from('}\n'))

/**
 * The mails on disk: one JSON line per request, `{ at, key, ids, items, body }`, with the body as it came in.
 * It is packed in zstd frames and `zstdcat` reads it as JSONL: the mails of a campaign differ little, so a hundred
 * mails of 20 kB take some 20 kB on disk. The body is a frame of its own and can be read alone.
 */
export class MailFile {
  #size = 0
  /** The body read last, for mails are asked for in the order of their request. */
  #last = { offset: -1, body: null }

  /** An empty file at `path`; what was there is gone. */
  static async create(path) {
    await mkdir(dirname(path), { recursive: true })
    return new MailFile(await open(path, 'w+'))
  }

  /** @param {import('node:fs/promises').FileHandle} handle */
  constructor(handle) {
    this.handle = handle
  }

  /**
   * @param {{ at: string, key?: string, ids: string[], items: number[] }} head
   * @param {Buffer} body JSON
   * @param {Buffer} [packed] the same, when somebody has packed it already
   * @returns {Promise<{ offset: number, length: number }>} where the body is, once it is written
   */
  async append(head, body, packed = pack(body)) {
    const start = pack(Buffer.from(`${JSON.stringify(head).slice(0, -1)},"body":`))
    const frame = body.includes(NEWLINE) ? pack(onOneLine(body)) : packed
    const offset = this.#size
    const length = start.length + frame.length + END.length
    this.#size += length
    const { bytesWritten } = await this.handle.writev([start, frame, END], offset)
    if (bytesWritten !== length) throw new Error(`Wrote ${bytesWritten} of ${length} bytes of mail`)
    return { offset: offset + start.length, length: frame.length }
  }

  /** The body at a place, parsed. */
  async read({ offset, length }) {
    if (this.#last.offset !== offset) {
      const { buffer } = await this.handle.read(Buffer.allocUnsafe(length), 0, length, offset)
      this.#last = { offset, body: JSON.parse(unpack(buffer).toString()) }
    }
    return this.#last.body
  }

  async empty() {
    this.#size = 0
    this.#last = { offset: -1, body: null }
    await this.handle.truncate(0)
  }

  close() {
    return this.handle.close()
  }
}

const onOneLine = (body) => Buffer.from(JSON.stringify(parseJson(body)))
