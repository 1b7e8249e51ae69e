import { lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'

/**
 * Whether an address belongs to the internet at large. Everything else (private, loopback, link-local, carrier-grade NAT,
 * multicast, reserved, and IPv4 hidden in IPv6: the registries of RFC 6890) may be a machine next to ours, which must not
 * be reached because a user typed its name.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  return ipaddr.process(address).range() === 'unicast'
}

export class PrivateAddress extends Error {
  code = 'EPRIVATE'
  constructor(hostname: string) {
    super(`${hostname} is an address of a private network, which is not connected to.`)
  }
}

/**
 * A `lookup` for sockets that connect on a user's behalf: `net.connect({ lookup: lookupPublic })`. It is asked for each
 * connection, so a name that changes its address after it was looked at (DNS rebinding) gains nothing.
 *
 * Node calls it for names only: an address that is given as such has to be asked about with `isPublicAddress`.
 */
export const lookupPublic: LookupFunction = (hostname, options, callback) =>
  lookup(hostname, { ...options, all: true }, (error, found) => {
    const refuse = callback as (error: Error) => void
    if (error) return refuse(error)
    if (found.length === 0 || found.some(({ address }) => !isPublicAddress(address))) {
      return refuse(new PrivateAddress(hostname))
    }
    if (options.all) return (callback as any)(null, found)
    callback(null, found[0].address, found[0].family)
  })
