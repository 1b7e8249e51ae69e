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
export const signToken = (purpose: string, numbers: number[]): string => sign(purpose, numbers, 1)[0]

/**
 * Two tokens around the same numbers, neither of which says anything about the other: the first and the next 96 bits of one
 * MAC. Every mail needs such a pair, and the MAC is most of what a token costs.
 */
export const signPair = (purpose: string, numbers: number[]) => sign(purpose, numbers, 2) as [string, string]

function sign(purpose: string, numbers: number[], tokens: 1 | 2): string[] {
  const payload = Buffer.from(numbers.flatMap(varint))
  const mac = macOf(purpose, payload)
  return Array.from({ length: tokens }, (_, no) => Buffer.concat([payload, partOf(mac, no)]).toString('base64url'))
}

/**
 * The numbers of a token, or null for whatever we did not sign. A token is written in one way (RFC 4648 §3.5).
 *
 * @param no of a pair: which one it must be
 */
export function readToken(purpose: string, token: string, no: 0 | 1 = 0): number[] | null {
  if (!/^[\w-]{17,120}$/.test(token)) return null
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.toString('base64url') !== token) return null
  const payload = bytes.subarray(0, -MAC_BYTES)
  return timingSafeEqual(partOf(macOf(purpose, payload), no), bytes.subarray(-MAC_BYTES)) ? numbersOf(payload) : null
}

const macOf = (purpose: string, payload: Buffer) => createHmac('sha256', keyFor(purpose)).update(payload).digest()
const partOf = (mac: Buffer, no: number) => mac.subarray(no * MAC_BYTES, (no + 1) * MAC_BYTES)

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
