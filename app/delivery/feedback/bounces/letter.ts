import { convert } from 'html-to-text'
import type { Email } from 'postal-mime'

/** Below such a line stands the mail that came back, whose words must not decide. */
const COPY =
  /^(?:-{4,}\s*(?:ursprüngliche|message d'origine)|(?:the )?(?:original|old|headers of the original|your) message(?: as received)?(?: headers?)?(?::| (?:follows|is (?:attached|below|included|as follows)))|here is (?:a copy|the (?:first|beginning))|received: ?from |return-path: )/i
const RULED_OFF =
  /copy|below this line|original message|returned m|forwarded|message (?:header|follows|body|text)|unsent message|mensaje original|原信|source mail/i

/** Line by line, and without two repetitions beside each other: anybody may write to the mailbox, and the worker has one thread. */
function beginsCopy(line: string): boolean {
  const words = line.replace(/^[\s>|]+/, '')
  return COPY.test(words) || (words.startsWith('--') && RULED_OFF.test(words))
}

const LONGEST = 20_000

/** What a mail server wrote itself, without the mail that it returns below. */
export function letterOf({ text, html }: Email): string {
  const lines = (text ?? textOf(html ?? '')).slice(0, LONGEST).replace(/\r\n?/g, '\n').split('\n')
  const copy = lines.findIndex(beginsCopy)
  return (copy < 0 ? lines : lines.slice(0, copy)).join('\n').trim()
}

const textOf = (html: string) =>
  convert(html.slice(0, LONGEST), {
    wordwrap: false,
    limits: { maxInputLength: LONGEST, maxDepth: 30, maxChildNodes: 500 },
    selectors: [
      { selector: 'a', options: { ignoreHref: true } },
      { selector: 'img', format: 'skip' },
    ],
  })
