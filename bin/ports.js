import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import { Refusal } from './refusal.js'

/**
 * Listens on the port for a moment.
 * @param {number} port 0: any
 * @param {string} host
 * @returns {Promise<number>} the port, free again; rejects when it cannot be had
 */
export function tryPort(port, host) {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(port, host, () => {
      const address = /** @type {import('node:net').AddressInfo} */ (probe.address())
      probe.close(() => resolve(address.port))
    })
  })
}

/** Several lanes of tests are prepared beside each other, and listen much later. */
const given = new Set()

/**
 * A port that will still be free when it is needed, given by this process once: from below the range (32768 on Linux, 49152 on macOS) out of which
 * the system serves whoever asks for any port, at once or minutes later.
 * @param {string} host
 * @returns {Promise<number>}
 */
export async function unusedPort(host) {
  for (let tries = 50; tries > 0; tries--) {
    const wish = randomInt(20_000, 30_000)
    if (given.has(wish)) continue
    given.add(wish)
    const port = await tryPort(wish, host).catch(() => undefined)
    if (port) return port
  }
  throw new Refusal(`None of 50 ports tried between 20000 and 30000 on ${host} is free.`)
}

/**
 * Refuses by name when Assent could not listen there.
 * @param {number} port
 * @param {string} host
 */
export async function checkPort(port, host) {
  try {
    await tryPort(port, host)
  } catch (error) {
    if (error.code === 'EADDRINUSE') throw new Refusal(`Port ${port} is taken. Stop the other program or set PORT=… .`)
    if (error.code === 'EACCES') throw new Refusal(`Port ${port} is reserved for root. Set PORT=… to 1024 or higher.`)
    throw new Refusal(
      `Cannot listen on HOST=${host} (${error.code}). Set HOST to an address of this machine, or to 0.0.0.0 for all.`
    )
  }
}
