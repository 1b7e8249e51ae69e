const SPARE = 4
const SMALL = 64 * 1024
const ROUND = 256 * 1024

/**
 * Request bodies in buffers that are used again: fresh megabytes for every batch would cost the system more than
 * reading them.
 */
export class BodyBuffers {
  #spare = []

  /**
   * The whole body, to be given back when nobody needs it any more; null when the caller hung up before its end.
   * @param {import('node:http').IncomingMessage} incoming
   * @returns {Promise<Buffer | null>}
   */
  read(incoming) {
    return new Promise((resolve) => {
      let buffer = this.#take(Number(incoming.headers['content-length'] ?? 0))
      let length = 0
      incoming.on('data', (chunk) => {
        if (length + chunk.length > buffer.length) buffer = grown(buffer, length + chunk.length)
        length += chunk.copy(buffer, length)
      })
      incoming.on('end', () => resolve(buffer.subarray(0, length)))
      incoming.on('close', () => resolve(null))
    })
  }

  /** @param {Buffer} body from `read` */
  giveBack(body) {
    if (body.buffer.byteLength > SMALL && this.#spare.length < SPARE) this.#spare.push(Buffer.from(body.buffer))
  }

  #take(size) {
    if (size <= SMALL) return Buffer.allocUnsafe(size)
    const fitting = this.#spare.findIndex(({ length }) => length >= size)
    if (fitting >= 0) return this.#spare.splice(fitting, 1)[0]
    this.#spare.shift()
    return Buffer.allocUnsafeSlow(Math.ceil(size / ROUND) * ROUND)
  }
}

function grown(buffer, least) {
  const larger = Buffer.allocUnsafeSlow(Math.max(least, buffer.length * 2))
  buffer.copy(larger)
  return larger
}
