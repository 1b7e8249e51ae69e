import { createHash } from 'node:crypto'
import { Transform, type TransformCallback } from 'node:stream'

const NEWLINE = 10

/** Lets the rows of a table through and says how many they were, how large, and their SHA-256. */
export class Tally extends Transform {
  rows = 0
  bytes = 0
  private hash = createHash('sha256')

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback) {
    this.hash.update(chunk)
    this.bytes += chunk.length
    // COPY writes a newline inside a value as \n: each one ends a row
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, at + 1)) this.rows++
    done(null, chunk)
  }

  /** Once everything has gone through. */
  sum() {
    return { rows: this.rows, bytes: this.bytes, sha256: this.hash.digest('hex') }
  }
}
