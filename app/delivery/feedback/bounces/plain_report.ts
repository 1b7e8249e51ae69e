import type { Email } from 'postal-mime'
import { shortened } from '#platform'
import { statusIn } from './classify_bounce.ts'
import type { Report } from './read_report.ts'

/** Below such a line stands the mail that came back, whose words must not decide. */
const COPY =
  /^(?:-{4,}\s*(?:ursprüngliche|message d'origine)|(?:the )?(?:original|headers of the original|your) message (?:follows|headers?|is (?:attached|below|included))|Received: from |Return-Path: )/i
const RULED_OFF = /copy|below this line|original message|returned message|forwarded|message (?:header|follows|body)/i

/** Line by line, and without two repetitions beside each other: anybody may write to the mailbox, and the worker has one thread. */
function beginsCopy(line: string): boolean {
  const words = line.replace(/^[\s>]+/, '')
  return COPY.test(words) || (words.startsWith('--') && RULED_OFF.test(words))
}

const DELAYED =
  /\b(?:has been delayed|delayed \d|not yet been delivered|will (?:be retried|keep trying|continue)|warning message only|no action is required|delivery (?:attempts|delayed)|is still in the queue)|\(delay\)/i

const LONGEST = 1_500

/** A letter of a mail server for people (qmail-send, Exim, old Exchange, Gmail once): the passage that says why. */
export function plainReport({ subject = '', text = '' }: Email): Omit<Report, 'mail'> {
  const lines = text.slice(0, 20_000).replace(/\r\n?/g, '\n').split('\n')
  const copy = lines.findIndex(beginsCopy)
  const letter = (copy < 0 ? lines : lines.slice(0, copy)).join('\n').trim()
  const why = passageOf(letter) || letter || subject
  return {
    kind: DELAYED.test(`${subject} ${letter}`) ? 'delayed' : 'bounced',
    status: statusIn(why),
    text: shortened(why, LONGEST) || null,
  }
}

/** From the line with the address, or with a server's answer, on: what stands before is polite. */
function passageOf(letter: string): string {
  const lines = letter.split('\n')
  const start = lines.findIndex((line) =>
    /^\s*<?[^\s<>@]+@[\w.-]+>?[\s:]*(?:$|on |\()|\b[45]\d\d[ -]|[45]\.\d\.\d|\bsaid:/.test(line)
  )
  return start < 0
    ? ''
    : lines
        .slice(start, start + 15)
        .join('\n')
        .trim()
}
