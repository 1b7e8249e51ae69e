import { isIP } from 'node:net'

/** A host or address that only this machine or this network can reach. */
export function isPrivateHost(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '')
  if (isIP(name) === 4)
    return /^(0|10|127)\.|^169\.254\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./.test(
      name
    )
  if (isIP(name) === 6) return /^(::1?$|f[cd]|fe80)/i.test(name)
  return !name.includes('.') || /\.(local|localhost|internal|test|home\.arpa)$/i.test(name)
}
