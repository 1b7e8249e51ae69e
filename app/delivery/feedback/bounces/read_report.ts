import PostalMime, { type Email } from 'postal-mime'
import { readerOfSubject } from '#tracking'
import { fieldGroups, type Fields } from './fields.ts'
import { plainReport } from './plain_report.ts'
import { isAutoReply, isFromMailer } from './who_wrote.ts'
import { markedMailIn, type MarkedMail } from './mail_mark.ts'

/** What a mail in the bounce mailbox tells of a mail of ours. */
export interface Report {
  kind: 'bounced' | 'delayed' | 'delivered' | 'complained' | 'auto_reply' | 'unsubscribe' | 'other'
  /** Which mail, by its signed mark; null when it carries none of ours: then it proves nothing. */
  mail: MarkedMail | null
  status: string | null
  text: string | null
}

/**
 * Reads a delivery status notification (RFC 3464), an abuse report (RFC 5965), the plain letters of qmail, Exim and old
 * servers, an automatic answer (RFC 3834), or the wish to leave: a token of ours as its subject, whoever it is from. What is
 * none of these is `other`, so what answers or returns such a wish is no wish. Never throws for what a mail holds.
 */
export async function readReport(source: Uint8Array): Promise<Report> {
  let email: Email
  try {
    email = await PostalMime.parse(firstLines(source), {
      attachmentEncoding: 'utf8',
      forceRfc822Attachments: true,
      maxNestingDepth: 20,
      maxHeadersSize: 256 * 1024,
    })
  } catch {
    return { kind: 'other', mail: null, status: null, text: null }
  }
  const meaning = meaningOf(email)
  const reader = meaning.kind === 'other' ? readerOfSubject(email.subject ?? '') : null
  if (reader) return { kind: 'unsubscribe', mail: reader, status: null, text: null }
  return { ...meaning, mail: markedMailIn(everythingOf(email)) }
}

/** 256 kB of a real report have some 3,500; the parser takes 40 µs for each, so a mail of empty lines alone took it ten seconds. */
const MOST_LINES = 5_000

function firstLines(source: Uint8Array): Uint8Array {
  let end = -1
  for (let no = 0; no < MOST_LINES; no++) {
    end = source.indexOf(0x0a, end + 1)
    if (end < 0) return source
  }
  return source.subarray(0, end)
}

function meaningOf(email: Email): Omit<Report, 'mail'> {
  const feedback = partOf(email, 'message/feedback-report')
  if (feedback !== null) return { kind: kindOfFeedback(fieldGroups(feedback)[0]), status: null, text: null }
  const status = partOf(email, 'message/delivery-status', 'message/global-delivery-status')
  if (status !== null) return deliveryStatus(fieldGroups(status), email)
  if (isFromMailer(email)) return plainReport(email)
  if (isAutoReply(email)) return { kind: 'auto_reply', status: null, text: null }
  return { kind: 'other', status: null, text: null }
}

/** RFC 5965 §3.1, §7.3 and RFC 6430: who says "not spam" does not complain, and reports on authentication are about us all. */
const kindOfFeedback = (fields: Fields = {}): Report['kind'] =>
  ['abuse', 'fraud', 'virus', 'opt-out', 'opt-out-list', 'other'].includes(
    (fields['feedback-type'] ?? 'abuse').toLowerCase()
  )
    ? 'complained'
    : 'other'

const ACTIONS: Record<string, Report['kind'] | undefined> = {
  failed: 'bounced',
  delayed: 'delayed',
  delivered: 'delivered',
  relayed: 'other',
  expanded: 'other',
}

/** RFC 3464 §2.3: after the fields of the message come those of each recipient; our mails have one. */
function deliveryStatus(groups: Fields[], email: Email): Omit<Report, 'mail'> {
  const recipients = groups.filter((fields) => 'action' in fields || 'status' in fields)
  const fields = recipients.find(({ action }) => /failed/i.test(action ?? '')) ?? recipients[0] ?? {}
  const action = /[a-z]+/i.exec(fields.action ?? '')?.[0].toLowerCase()
  const status = /[245]\.\d{1,3}\.\d{1,3}/.exec(fields.status ?? '')?.[0] ?? null
  const kind = ACTIONS[action ?? ''] ?? (status?.startsWith('2') ? 'delivered' : 'bounced')
  return { kind, status, text: fields['diagnostic-code'] ?? plainReport(email).text }
}

function partOf({ attachments }: Email, ...types: string[]): string | null {
  const part = attachments.find(({ mimeType }) => types.includes(mimeType))
  return part ? String(part.content) : null
}

/** The mark may stand in the address that the report came to, in the headers of the mail that it returns, or in its text. */
const everythingOf = ({ headers, text, html, attachments }: Email) =>
  [...headers.map(({ value }) => value), text, html, ...attachments.map(({ content }) => String(content))].join('\n')
