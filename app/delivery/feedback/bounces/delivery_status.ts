import type { Email } from 'postal-mime'
import { classifyBounce, saysWhy } from './classify_bounce.ts'
import type { Fields } from './fields.ts'
import { partOf } from './parts.ts'
import { plainReport } from './plain_report.ts'
import type { Meaning } from './read_report.ts'
import { verdictOfStatus } from './status_rules.ts'

const ACTIONS: Record<string, Meaning['kind'] | undefined> = {
  failed: 'bounced',
  delayed: 'delayed',
  delivered: 'delivered',
  relayed: 'other',
  expanded: 'other',
}

/** Anybody may write such a report, of any length. */
const MOST_RECIPIENTS = 20

/**
 * RFC 3464 §2.3: after the fields of the message come those of each recipient. Our mails have one; a list or a rule at their
 * side may have made several of it. Then the one counts that we wrote to, else the failure that says least against the address.
 */
export function deliveryStatus(groups: Fields[], email: Email): Meaning {
  const recipients = groups.filter((fields) => 'action' in fields || 'status' in fields)
  const to = writtenTo(email)
  const ours = recipients.filter((fields) => isNamed(fields, to))
  const letter = plainReport(email)
  const meanings = (ours.length > 0 ? ours : recipients)
    .slice(0, MOST_RECIPIENTS)
    .map((fields) => meaningOf(fields, letter.text))
  const failed = meanings.filter(({ kind }) => kind === 'bounced')
  return failed.find((one) => classifyBounce(one).class !== 'hard') ?? failed[0] ?? meanings[0] ?? letter
}

function meaningOf(fields: Fields, letter: string | null): Meaning {
  const action = /[a-z]+/i.exec(fields.action ?? '')?.[0].toLowerCase()
  const status = /[245]\.\d{1,3}\.\d{1,3}/.exec(fields.status ?? '')?.[0] ?? null
  const kind = ACTIONS[action ?? ''] ?? (status?.startsWith('2') ? 'delivered' : 'bounced')
  return { kind, status, text: kind === 'bounced' ? wordsOf(fields, status, letter) : null }
}

/** The server's own words; where they say nothing and the code neither, those that it wrote for people. */
function wordsOf(fields: Fields, status: string | null, letter: string | null): string | null {
  const said = [fields['diagnostic-code'], fields.status, fields['x400-supplementary-info']]
  const why = said.find(saysWhy)
  if (why !== undefined) return why
  const isOpen = status === null || verdictOfStatus(status) === null
  return said[0] === undefined || (isOpen && saysWhy(letter)) ? letter : said[0]
}

/** The address in the headers of the mail that came back, in small letters. */
function writtenTo(email: Email): string | null {
  const returned = partOf(email, 'message/rfc822', 'text/rfc822-headers')?.slice(0, 32_000) ?? ''
  return /^to:(.*(?:\r?\n[ \t].*)*)/im.exec(returned)?.[1].toLowerCase() ?? null
}

function isNamed(fields: Fields, to: string | null): boolean {
  const names = [fields['original-recipient'], fields['final-recipient']].flatMap((name) => addressIn(name) ?? [])
  return to !== null && names.some((name) => to.includes(name))
}

const addressIn = (field = '') => /[^\s;<>]+@[^\s;<>]+/.exec(field)?.[0].toLowerCase()
