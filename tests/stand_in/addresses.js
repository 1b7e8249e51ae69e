const SHAPE = /^(?:[^<>]*<\s*([^\s@<>]+@[^\s@<>]+\.[^\s@<>]+)\s*>|([^\s@<>]+@[^\s@<>]+\.[^\s@<>]+))$/

/**
 * The bare address of `jo@x.eu` or `Jo <jo@x.eu>`, in lower case; null when it is neither.
 * @param {unknown} text
 */
export function addressIn(text) {
  if (typeof text !== 'string') return null
  const found = SHAPE.exec(text)
  return found ? (found[1] ?? found[2]).toLowerCase() : null
}

/** What follows the @. */
export const domainOf = (address) => address.slice(address.lastIndexOf('@') + 1)

/** Resend's own test addresses. Source: Resend docs, "Send test emails". */
export const TEST_DOMAIN = 'resend.dev'

const TEST_FATES = {
  delivered: 'delivered',
  bounced: 'bounced',
  complained: 'complained',
  suppressed: 'suppressed',
}

const SIMULATED_FATES = {
  bounce: 'bounced',
  soft: 'bounced_softly',
  complain: 'complained',
  delay: 'delayed',
  suppress: 'suppressed',
  fail: 'failed',
}

/**
 * What becomes of a mail to this address.
 * @param {string} address
 * @param {{ simulate: boolean }} options with `simulate`, `bounce+…@anywhere` and its kin have a fate as well
 * @returns {'delivered' | 'bounced' | 'bounced_softly' | 'complained' | 'delayed' | 'suppressed' | 'failed'}
 */
export function fateOf(address, { simulate }) {
  const [name, label] = address.slice(0, address.lastIndexOf('@')).split('+')
  if (domainOf(address) === TEST_DOMAIN) return TEST_FATES[name] ?? 'delivered'
  if (simulate && label !== undefined) return SIMULATED_FATES[name] ?? 'delivered'
  return 'delivered'
}
