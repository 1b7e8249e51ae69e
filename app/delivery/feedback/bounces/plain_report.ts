import type { Email } from 'postal-mime'
import { shortened } from '#platform'
import { saysWhy, statusIn } from './classify_bounce.ts'
import { letterOf } from './letter.ts'
import type { Report } from './read_report.ts'

const DELAYED =
  /\b(?:has been (?:delayed|postponed)|message delayed|delayed \d|not yet been delivered|will (?:be retried|keep trying|continue (?:to|trying))|attempts will continue|(?:just|only) a warning|warning (?:message )?only|no action is required|delivery delayed|is still in the queue)|\(delay\)/i

const LONGEST = 1_500

/** A letter of a mail server for people (qmail-send, Exim, old Exchange, Gmail once): the passage that says why. */
export function plainReport(email: Email): Omit<Report, 'mail'> {
  const { subject = '' } = email
  const letter = letterOf(email)
  const passage = passageOf(letter)
  const plain = plainly(letter)
  const why = [passage, plain].find(saysWhy) ?? (passage || plain || subject)
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
    /^\s*<?[^\s<>@]+@[\w.-]+>?[\s:]*(?:$|on |\()|\b[45]\d\d[ -]|\b[45]\.\d\.\d|\bsaid:/.test(line)
  )
  return start < 0
    ? ''
    : lines
        .slice(start, start + 15)
        .join('\n')
        .trim()
}

/** What a sentence only supposes or advises ("it might not exist") is no reason, nor what it says of itself ("sent automatically"). */
const IDLE =
  /\b(?:may|might|could be|if|likely|perhaps|possib\w+|verify|check|make sure|sure that|either|try(?:ing)? to|automat\w*)\b/i

const plainly = (letter: string) =>
  letter
    .split(/\n[ \t]*\n/)
    .flatMap((paragraph) => paragraph.replace(/\s+/g, ' ').split(/(?<=[.!?:;]) /))
    .filter((sentence) => !IDLE.test(sentence))
    .join(' ')
    .trim()
