import PostalMime, { type Email } from 'postal-mime'
import { readerOfSubject } from '#tracking'
import { deliveryStatus } from './delivery_status.ts'
import { fieldGroups, type Fields } from './fields.ts'
import { partOf } from './parts.ts'
import { plainReport } from './plain_report.ts'
import { headerOf, isAutoReply, isFromMailer } from './who_wrote.ts'
import { markedMailIn, type MarkedMail } from './mail_mark.ts'

/** What a mail in the bounce mailbox tells of a mail of ours. */
export interface Report {
  kind: 'bounced' | 'delayed' | 'delivered' | 'complained' | 'auto_reply' | 'unsubscribe' | 'other'
  /** Which mail, by its signed mark; null when it carries none of ours: then it proves nothing. */
  mail: MarkedMail | null
  status: string | null
  text: string | null
}

/** A report without knowing yet which mail it is about. */
export type Meaning = Omit<Report, 'mail'>

/**
 * Reads a delivery status notification (RFC 3464), an abuse report (RFC 5965), the plain letters of qmail, Exim and old
 * servers, an automatic answer (RFC 3834), or the wish to leave: a token of ours as its subject, whoever it is from. What is
 * none of these is `other`, so what answers or returns such a wish is no wish. Never throws for what a mail holds.
 */
export async function readReport(source: Uint8Array): Promise<Report> {
  const email = await parsed(firstLines(source))
  if (email === null) return { kind: 'other', mail: null, status: null, text: null }
  const meaning = meaningOf((await wrappedIn(email)) ?? email)
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

async function parsed(source: Uint8Array | string): Promise<Email | null> {
  try {
    return await PostalMime.parse(source, {
      attachmentEncoding: 'utf8',
      forceRfc822Attachments: true,
      maxNestingDepth: 20,
      maxHeadersSize: 256 * 1024,
    })
  } catch {
    return null
  }
}

/** Some gateways put a report whole into a mail of theirs, to add a notice. Looked into once, and only if a server wrote the outer one. */
async function wrappedIn(email: Email): Promise<Email | null> {
  if (partOf(email, 'message/delivery-status') !== null || !isFromMailer(email)) return null
  const inner = partOf(email, 'message/rfc822')
  return inner !== null && /^content-type:\s*multipart\/report\b/im.test(inner.slice(0, 16_000)) ? parsed(inner) : null
}

function meaningOf(email: Email): Meaning {
  const feedback = partOf(email, 'message/feedback-report')
  if (feedback !== null) return { kind: kindOfFeedback(fieldGroups(feedback)[0]), status: null, text: null }
  if (isMicrosoftComplaint(email)) return { kind: 'complained', status: null, text: null }
  const status = partOf(email, 'message/delivery-status', 'message/global-delivery-status')
  if (status !== null && (isReport(email) || isFromMailer(email))) return deliveryStatus(fieldGroups(status), email)
  if (isFromMailer(email)) return plainReport(email)
  if (isAutoReply(email)) return { kind: 'auto_reply', status: null, text: null }
  return { kind: 'other', status: null, text: null }
}

/** RFC 6522 §3. Somebody who passes a report on attaches its parts to a letter of their own, which is none. */
const isReport = (email: Email) => /^\s*multipart\/report\b/i.test(headerOf(email, 'content-type') ?? '')

/** RFC 5965 §3.1, §7.3 and RFC 6430: who says "not spam" does not complain, and reports on authentication are about us all. */
const kindOfFeedback = (fields: Fields = {}): Report['kind'] =>
  ['abuse', 'fraud', 'virus', 'opt-out', 'opt-out-list', 'other'].includes(
    (fields['feedback-type'] ?? 'abuse').toLowerCase()
  )
    ? 'complained'
    : 'other'

/** Outlook.com's reporting programme (JMRP) sends the mail itself, with a header of its own on top. */
const isMicrosoftComplaint = (email: Email) =>
  /^complaint about message from /i.test(email.subject ?? '') &&
  /^x-hmxmroriginalrecipient:/im.test(partOf(email, 'message/rfc822')?.slice(0, 2_000) ?? '')

/** The mark may stand in the address that the report came to, in the headers of the mail that it returns, or in its text. */
const everythingOf = ({ headers, text, html, attachments }: Email) =>
  [...headers.map(({ value }) => value), text, html, ...attachments.map(({ content }) => String(content))].join('\n')
