/** Domains behind which the same servers decide, named by one of them. */
const GROUPS: [name: string, domains: RegExp][] = [
  ['gmail.com', /^(gmail|googlemail)\.com$/],
  [
    'outlook.com',
    /^((outlook|hotmail|live)\.(com|co)(\.[a-z]{2})?|(outlook|hotmail|live)\.[a-z]{2}|msn\.com|passport\.com)$/,
  ],
  [
    'yahoo.com',
    /^(yahoo\.(com|co)(\.[a-z]{2})?|yahoo\.[a-z]{2}|(ymail|rocketmail|aol|aim|verizon|myyahoo)\.(com|net))$/,
  ],
  ['icloud.com', /^(icloud|me|mac)\.com$/],
]

/** Whose servers take the mail to an address: one of the large mailbox providers, else its own domain. */
export function domainGroup(email: string): string {
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase()
  return GROUPS.find(([, domains]) => domains.test(domain))?.[0] ?? domain
}

export const isLarge = (group: string) => GROUPS.some(([name]) => name === group)
