import { readToken, signToken } from '#platform'

/** Which of our mails: of a campaign to a contact, or a service mail. */
export type MarkedMail =
  { workspaceId: number; campaignId: number; contactId: number } | { workspaceId: number; serviceMessageId: number }

const PURPOSE = 'mail-that-came-back'
const KINDS = { campaign: 1, service: 2 }

/**
 * An opaque, signed id of a mail, for its Message-ID and its return path: `bounces+b1…@bakery.test`. Only it makes a report
 * count, because anybody can write one that names an address. Small letters and digits alone, since mail servers change
 * the case of addresses; about 40 of the 64 characters that stand before an @ (RFC 5321 §4.5.3.1.1).
 */
export function markOf(mail: MarkedMail): string {
  const numbers =
    'campaignId' in mail
      ? [KINDS.campaign, mail.workspaceId, mail.campaignId, mail.contactId]
      : [KINDS.service, mail.workspaceId, mail.serviceMessageId]
  const token = Buffer.from(signToken(PURPOSE, numbers), 'base64url').toString('hex')
  return `b1${BigInt(`0x1${token}`).toString(36)}`
}

/** So many words that look like a mark are checked: a report has a handful. */
const MOST_CHECKED = 500

/** The mail whose mark stands anywhere in a text; null when there is none of ours. */
export function markedMailIn(text: string): MarkedMail | null {
  for (const [, digits] of text.matchAll(/(?<![0-9a-z])b1([0-9a-z]{24,70})(?![0-9a-z])/gi).take(MOST_CHECKED)) {
    const mail = mailOf(digits.toLowerCase())
    if (mail) return mail
  }
  return null
}

function mailOf(digits: string): MarkedMail | null {
  const value = [...digits].reduce((sum, digit) => sum * 36n + BigInt(Number.parseInt(digit, 36)), 0n).toString(16)
  if (!value.startsWith('1') || value.length % 2 === 0) return null
  const [kind, workspaceId, ...ids] = readToken(PURPOSE, Buffer.from(value.slice(1), 'hex').toString('base64url')) ?? []
  if (kind === KINDS.campaign && ids.length === 2) return { workspaceId, campaignId: ids[0], contactId: ids[1] }
  return kind === KINDS.service && ids.length === 1 ? { workspaceId, serviceMessageId: ids[0] } : null
}

/** The mark of a mail by the tags that it carries; null for mails of Assent itself. */
export function markOfTags({ w, c, m, s }: Record<string, string>): string | null {
  if (w && c && m) return markOf({ workspaceId: Number(w), campaignId: Number(c), contactId: Number(m) })
  return w && s ? markOf({ workspaceId: Number(w), serviceMessageId: Number(s) }) : null
}

/** The same as tags of an event: what `messageIn` and `serviceMessageIn` read. */
export const tagsOfMark = (mail: MarkedMail): Record<string, string> =>
  'campaignId' in mail
    ? { w: String(mail.workspaceId), c: String(mail.campaignId), m: String(mail.contactId) }
    : { w: String(mail.workspaceId), s: String(mail.serviceMessageId) }
