import { createServer } from 'node:net'

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
