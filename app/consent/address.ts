import { domainToASCII } from 'node:url'
import { keyedHash } from '#platform'
import { InvalidAddress } from './errors.ts'

/**
 * An address as we compare it: trimmed, NFC, lower-case, its domain in ASCII (IDNA). What was given stays beside it, for
 * people to read.
 *
 * @throws InvalidAddress (422, field "email") for what cannot be an address that mail reaches
 */
export function addressKey(email: string): string {
  const given = email.trim().normalize('NFC').toLowerCase()
  if (given.length > 254) throw refused('is longer than 254 characters')
  const at = given.lastIndexOf('@')
  if (at < 1 || at === given.length - 1) throw refused('needs a name, an @ and a domain, like ada@example.com')
  return `${localPart(given.slice(0, at))}@${domainPart(given.slice(at + 1))}`
}

const WITHOUT_DOTS = ['gmail.com', 'googlemail.com']

/**
 * The mailbox that an address (as `addressKey` gives it) most likely leads to: without what stands behind a plus (subaddressing, RFC 5233),
 * and at Gmail, which overlooks dots in a name and has two domains, without these. Good enough to keep a pace by; nobody's
 * consent or suppression is looked up with it.
 */
export function mailboxKey(key: string): string {
  const at = key.lastIndexOf('@')
  const [local, domain] = [key.slice(0, at).replace(/(?<=.)\+.*$/, ''), key.slice(at + 1)]
  return WITHOUT_DOTS.includes(domain) ? `${local.replaceAll('.', '')}@${WITHOUT_DOTS[0]}` : `${local}@${domain}`
}

/** What suppressions and ledgers know of an address: enough to recognise it, useless without APP_KEY. */
export function addressHash(workspaceId: number, emailKey: string): Buffer {
  return keyedHash(`address:${workspaceId}`, emailKey)
}

/**
 * The addresses of a request, one (`address`) or many (`addresses`).
 *
 * @throws InvalidAddress (422) naming the field, `addresses.3` among many
 */
export function givenAddresses(
  workspaceId: number,
  { address, addresses }: { address?: string; addresses?: string[] }
): { hash: Buffer; address: string }[] {
  const given = addresses ?? (address === undefined ? [] : [address])
  if (given.length === 0) throw new InvalidAddress('Name an address, or many as addresses.', { field: 'address' })
  return given.map((one, i) => {
    try {
      return { hash: addressHash(workspaceId, addressKey(one)), address: one }
    } catch (error) {
      if (!(error instanceof InvalidAddress)) throw error
      throw new InvalidAddress(error.message, { field: addresses ? `addresses.${i}` : 'address' })
    }
  })
}

/** RFC 5321 §4.1.2 dot-atom, with letters of any script (RFC 6531); the quoted form is legal and in practice a typo. */
function localPart(local: string): string {
  if (Buffer.byteLength(local) > 64) throw refused('has more than 64 characters before the @')
  if (!/^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u.test(local)) {
    throw refused('has a space, a quote, two dots in a row or another sign that cannot stand before the @')
  }
  return local
}

function domainPart(domain: string): string {
  const ascii = domainToASCII(domain)
  const labels = ascii.split('.')
  const wellFormed = labels.every((label) => label.length <= 63 && /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(label))
  if (!ascii || ascii.length > 253 || !wellFormed || /[\s"<>()[\],;:\\%/?#]/.test(domain)) {
    throw refused('has a domain that cannot exist')
  }
  if (labels.length < 2) throw refused('lacks the part after the dot in its domain, like .com')
  if (!/[a-z]/.test(labels.at(-1)!)) throw refused('has a domain that cannot exist')
  return ascii
}

const refused = (why: string) => new InvalidAddress(`This e-mail address ${why}.`, { field: 'email' })
