import chardet from 'chardet'
import iconv from 'iconv-lite'

/** Encodings of one byte a sign that programs still write. Whatever else is guessed is taken for windows-1252. */
const guessable = ['windows-1252', 'windows-1250', 'windows-1251', 'ISO-8859-2', 'ISO-8859-5', 'ISO-8859-7', 'KOI8-R', 'Shift_JIS', 'GB18030', 'Big5', 'EUC-JP', 'EUC-KR'] // prettier-ignore
const CERTAIN_ENOUGH = 60

/**
 * Learns a file's encoding while it passes by: a byte order mark decides; bytes that are UTF-8 throughout are UTF-8;
 * every second byte zero is UTF-16; anything else is guessed from the first piece with signs beyond ASCII.
 */
export class EncodingWatch {
  #utf8 = new TextDecoder('utf-8', { fatal: true })
  #isUtf8 = true
  #first: Buffer | null = null
  #telling: Buffer | null = null

  see(bytes: Buffer) {
    this.#first ??= bytes
    if (!this.#isUtf8) return
    try {
      this.#utf8.decode(bytes, { stream: true })
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
      this.#isUtf8 = false
      this.#telling = bytes
    }
  }

  get encoding(): string {
    const first = this.#first ?? Buffer.alloc(0)
    const marked = byMark(first) ?? byZeros(first)
    if (marked) return marked
    return this.#isUtf8 ? 'utf-8' : guess(this.#telling ?? first)
  }
}

function byMark(bytes: Buffer): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null
}

function byZeros(bytes: Buffer): string | null {
  const head = bytes.subarray(0, 4096)
  const zeros = [0, 0]
  for (let i = 0; i < head.length; i++) if (head[i] === 0) zeros[i % 2]++
  const half = head.length / 2
  if (half < 2) return null
  if (zeros[1] > half * 0.6 && zeros[0] < half * 0.1) return 'utf-16le'
  return zeros[0] > half * 0.6 && zeros[1] < half * 0.1 ? 'utf-16be' : null
}

function guess(bytes: Buffer): string {
  const guesses = chardet.analyse(bytes.subarray(0, 65_536))
  const western = guesses.find(({ name }) => name === 'windows-1252' || name === 'ISO-8859-1')
  const best = guesses.find(({ name }) => guessable.includes(name))
  if (!best || best.confidence < CERTAIN_ENOUGH || (western && western.confidence >= best.confidence - 10)) {
    return 'windows-1252'
  }
  return best.name.toLowerCase()
}

/** Bytes → text, signs that lie across two pieces included. Without the byte order mark and without NULs. */
export function textDecoder(encoding: string): { write(bytes: Buffer): string; end(): string } {
  const decoder = iconv.getDecoder(encoding)
  return {
    write: (bytes) => withoutNul(decoder.write(bytes)),
    end: () => withoutNul(decoder.end() ?? ''),
  }
}

const withoutNul = (text: string) => (text.includes('\0') ? text.replaceAll('\0', '') : text)
