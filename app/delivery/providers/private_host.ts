import { isIP } from 'node:net'
import { isPublicAddress } from '#platform'

/** A host or address that only this machine or this network can reach. */
export function isPrivateHost(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '')
  if (isIP(name)) return !isPublicAddress(name)
  return !name.includes('.') || /\.(local|localhost|internal|test|home\.arpa)$/i.test(name)
}
