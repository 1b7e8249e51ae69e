import { Refusal } from './refusal.js'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const LONG = 4_096
/** Stands where a long string was cut out. */
const ELIDED = Buffer.from('…')

/**
 * A request body as a value.
 * @param {Buffer} body
 * @throws {Refusal} 400 when it is not JSON
 */
export function parseJson(body) {
  try {
    return JSON.parse(body.toString())
  } catch {
    throw new Refusal(400, 'validation_error', 'The request body is not valid JSON.')
  }
}

/**
 * The same for mails, several times cheaper: strings of more than 4 kB (html, text, attachments) become `…`,
 * so that a batch of two megabytes never becomes two megabytes of strings.
 * @param {Buffer} body
 * @throws {Refusal} 400 when it is not JSON
 */
export function skimJson(body) {
  if (body.length < LONG) return parseJson(body)
  const pieces = []
  let kept = 0
  for (let start = body.indexOf(QUOTE) + 1; start > 0; start = body.indexOf(QUOTE, start) + 1) {
    const end = endOfString(body, start)
    if (end - start > LONG) {
      pieces.push(body.subarray(kept, start), ELIDED)
      kept = end
    }
    start = end + 1
  }
  return parseJson(Buffer.concat([...pieces, body.subarray(kept)]))
}

/** The place of the quote that ends the string beginning at `start`, or the end of the body. */
function endOfString(body, start) {
  const words = new Uint32Array(body.buffer, wordStart(body), body.length >> 2)
  const shift = body.byteOffset - wordStart(body)
  for (let place = start; place < body.length; place++) {
    if (((place + shift) & 3) === 0) place = (wordWithQuote(words, (place + shift) >> 2) << 2) - shift
    if (body[place] === QUOTE && !isEscaped(body, place)) return place
  }
  return body.length
}

const wordStart = (body) => body.byteOffset & ~3

/** The next word of four bytes with a quote in it (the "has zero byte" trick), or the end. */
function wordWithQuote(words, from) {
  let at = from
  for (; at < words.length; at++) {
    const zeroed = words[at] ^ 0x22222222
    if ((zeroed - 0x01010101) & ~zeroed & 0x80808080) break
  }
  return at
}

/** Whether an odd number of backslashes stands before the quote. */
function isEscaped(body, quote) {
  let first = quote
  while (body[first - 1] === BACKSLASH) first--
  return (quote - first) % 2 === 1
}
