import { createHmac, createSecretKey, hkdfSync, timingSafeEqual, type KeyObject } from 'node:crypto'
import { appKey } from '#config/app'

const MAC_BYTES = 12
const keys = new Map<string, KeyObject>()

/**
 * A key of its own for each purpose, derived from APP_KEY (RFC 5869): a token for one door opens no other. Kept as a key
 * object: from bytes, Node would make one for every single hash, which is most of what a hash costs.
 */
function keyFor(purpose: string): KeyObject {
  let key = keys.get(purpose)
  if (!key) {
    key = createSecretKey(Buffer.from(hkdfSync('sha256', appKey.release(), 'assent', purpose, 32)))
    keys.set(purpose, key)
  }
  return key
}

/** A keyed hash that cannot be reversed by trying addresses without APP_KEY. 16 bytes. */
export function keyedHash(purpose: string, value: string): Buffer {
  return createHmac('sha256', keyFor(purpose)).update(value).digest().subarray(0, 16)
}

/**
 * A short, opaque, unforgeable token around a few whole numbers (base-128 varints + 96-bit MAC, base64url). It never
 * expires and needs no database to be read.
 */
export function signToken(purpose: string, numbers: number[]): string {
  const payload = Buffer.from(numbers.flatMap(varint))
  const mac = createHmac('sha256', keyFor(purpose)).update(payload).digest().subarray(0, MAC_BYTES)
  return Buffer.concat([payload, mac]).toString('base64url')
}

/** The numbers of a token, or null for whatever we did not sign. A token is written in one way (RFC 4648 §3.5). */
export function readToken(purpose: string, token: string): number[] | null {
  if (!/^[\w-]{17,120}$/.test(token)) return null
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.toString('base64url') !== token) return null
  const payload = bytes.subarray(0, -MAC_BYTES)
  const mac = createHmac('sha256', keyFor(purpose)).update(payload).digest().subarray(0, MAC_BYTES)
  return timingSafeEqual(mac, bytes.subarray(-MAC_BYTES)) ? numbersOf(payload) : null
}

function varint(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  while (rest > 127) {
    bytes.push((rest % 128) | 128)
    rest = Math.floor(rest / 128)
  }
  return [...bytes, rest]
}

function numbersOf(payload: Buffer): number[] {
  const numbers: number[] = []
  let value = 0
  let unit = 1
  for (const byte of payload) {
    value += (byte & 127) * unit
    unit *= 128
    if (byte < 128) {
      numbers.push(value)
      value = 0
      unit = 1
    }
  }
  return numbers
}
