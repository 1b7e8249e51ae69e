import { domainToASCII, domainToUnicode } from 'node:url'

/**
 * A domain as the DNS has it: lower case, other scripts as `xn--`; null when it is none that mail could be sent from.
 *
 * @example
 * domainName('Blaue-Tür.example') // 'xn--blaue-tr-d6a.example'
 */
export function domainName(text: string): string | null {
  const ascii = domainToASCII(text.trim().toLowerCase().replace(/\.$/, ''))
  const labels = ascii.split('.')
  const isGood =
    ascii.length <= 240 &&
    labels.length >= 2 &&
    labels.every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label)) &&
    /[a-z]/.test(labels.at(-1)!) &&
    !/\.(local|localhost|internal|intranet|lan|corp|arpa|onion)$/.test(ascii)
  return isGood ? ascii : null
}

/** As people read it. */
export const readable = (domain: string) => domainToUnicode(domain) || domain

/**
 * The whole name of a record that a provider asks for: it may be given below the domain (`send`), below the registered
 * name above it (`send.mail` for mail.example.com) or in full.
 */
export function fullName(name: string, domain: string): string {
  const given = name.toLowerCase().replace(/\.$/, '')
  if (given === '' || given === '@' || given === domain) return domain
  if (given.endsWith(`.${domain}`)) return given
  const parts = given.split('.')
  const labels = domain.split('.')
  for (let shared = Math.min(labels.length - 1, parts.length - 1); shared > 0; shared--) {
    if (parts.slice(-shared).join('.') === labels.slice(0, shared).join('.')) {
      return [...parts.slice(0, -shared), domain].join('.')
    }
  }
  return `${given}.${domain}`
}
