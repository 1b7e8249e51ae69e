import { block, ok, warn, type Check } from './check.ts'
import type { Facts } from './facts.ts'

const GMAIL_CLIPS_AT = 102 * 1024
const LONGEST_SUBJECT = 150
const SHORTENERS =
  /^(bit\.ly|tinyurl\.com|t\.co|goo\.gl|ow\.ly|is\.gd|buff\.ly|rebrand\.ly|cutt\.ly|rb\.gy|shorturl\.at|tiny\.cc)$/i
const PLACEHOLDERS = /(^|\.)(example\.(com|org|net)|yourdomain\.com|mysite\.com|localhost)$/i

/** What is written: it can be read by everybody, hides nothing and leads where it says. */
export function writingChecks(facts: Facts): Check[] {
  return [
    ...subjectChecks(facts),
    templateCheck(facts),
    ...questionCheck(facts),
    ...(facts.edition
      ? [unknownTags(facts), ...emptyTags(facts), textPart(facts), size(facts), ...links(facts), images(facts)]
      : []),
  ]
}

function subjectChecks({ draft: { subject } }: Facts): Check[] {
  const line = subject.trim()
  if (line === '') return [block('subject', 'There is no subject.', { fix: 'Write one.', field: 'subject' })]
  if (/^(re|fwd?|aw|wg)\s*:/i.test(line)) {
    return [
      block('subject', 'The subject pretends to be an answer or a forwarded mail.', {
        fix: 'Remove “Re:” or “Fwd:”.',
        field: 'subject',
      }),
    ]
  }
  if (line.length > LONGEST_SUBJECT) {
    return [
      warn('subject', `The subject has ${line.length} characters; most inboxes show 40 to 70.`, {
        fix: `Stay below ${LONGEST_SUBJECT}.`,
        field: 'subject',
      }),
    ]
  }
  return [ok('subject', 'The subject is there and honest.')]
}

function templateCheck({ draft, templateProblem }: Facts): Check {
  if (templateProblem) {
    return block('content', templateProblem.message, {
      fix: 'Correct it there.',
      field: templateProblem.field,
      evidence: { line: templateProblem.facts.line ?? null },
    })
  }
  if (draft.content.source.trim() === '') {
    return block('content', 'The mail is empty.', { fix: 'Write something.', field: 'content.source' })
  }
  return ok('content', 'The mail can be made.')
}

/** A question needs the way to its answer and an honest deadline, in both parts. */
function questionCheck({ draft: { asks }, edition }: Facts): Check[] {
  if (!asks || !edition) return []
  const field = 'content.source'
  const parts = [edition.html, edition.text]
  if (!parts.every((part) => /\{\{-?\s*confirm_url\b/.test(part))) {
    const fix = 'Put {{ confirm_url }} behind a button, and into a plain-text part of your own.'
    return [block('question', 'The mail asks, and has no link to answer by.', { fix, field })]
  }
  if (!parts.every((part) => part.includes(asks.until))) {
    const fix = 'Put {{ answer_by }} where the mail says until when.'
    return [
      block('question', `The mail does not say until when it waits for an answer (${asks.until}).`, { fix, field }),
    ]
  }
  return [ok('question', `People can answer by a link, until ${asks.until}.`, { until: asks.until })]
}

function unknownTags({ edition, known }: Facts): Check {
  const unknown = edition!.variables.filter(({ key }) => !known.includes(key.split(/[.[]/, 2).join('.')))
  if (unknown.length === 0) return ok('merge_tags', 'Every merge tag names something that we know.')
  const [first] = unknown
  return block('merge_tags', `Nothing is called ${unknown.map(({ key }) => key).join(', ')}.`, {
    fix: `Use one of: ${known.join(', ')}.`,
    field: first.field,
    evidence: { unknown: unknown.map(({ key, field, line }) => ({ key, field, line })), known },
  })
}

function emptyTags({ emptyFor, audience }: Facts): Check[] {
  const empty = Object.entries(emptyFor).filter(([, people]) => people > 0)
  if (empty.length === 0) return [ok('merge_values', 'Nobody gets a gap where a value should stand.')]
  const words = empty.map(([key, people]) => `${key} for ${people} of ${audience.mailable}`).join(', ')
  return [
    warn('merge_values', `There is no value and nothing stands in: ${words}.`, {
      fix: `Give a fallback, for example {{ ${empty[0][0]} | default: "friend" }}.`,
      field: 'content.source',
      evidence: { empty: Object.fromEntries(empty) },
    }),
  ]
}

function textPart({ edition }: Facts): Check {
  const own = edition!.text
    .split('\n-- \n')[0]
    .replace(/\{[{%].*?[%}]\}/gs, '')
    .trim()
  return own === ''
    ? warn('text_part', 'The plain-text part is empty: readers without images or HTML see nothing.', {
        fix: 'Write some words, or a plain-text part of your own.',
        field: 'text',
      })
    : ok('text_part', 'There is a plain-text part.')
}

function size({ edition }: Facts): Check {
  const bytes = Buffer.byteLength(edition!.html) + edition!.links.length * 60
  const kilobytes = Math.ceil(bytes / 1024)
  return bytes >= GMAIL_CLIPS_AT
    ? warn('size', `The mail has about ${kilobytes} KB; Gmail cuts off what is beyond 102 KB, the way out included.`, {
        fix: 'Shorten it.',
        field: 'content.source',
        evidence: { bytes },
      })
    : ok('size', `About ${kilobytes} KB; Gmail shows up to 102.`, { bytes })
}

function links({ edition }: Facts): Check[] {
  const hostOf = (url: string) => /^https?:\/\/([^/?#:]*)/i.exec(url)?.[1] ?? ''
  const problems = [
    ...edition!.uselessLinks.map((url) => ({ url, why: 'leads nowhere from a mail' })),
    ...edition!.links.flatMap(({ url }) => {
      if (PLACEHOLDERS.test(hostOf(url))) return [{ url, why: 'is a placeholder' }]
      if (SHORTENERS.test(hostOf(url))) return [{ url, why: 'hides where it leads (spam filters dislike shorteners)' }]
      return url.startsWith('https:') ? [] : [{ url, why: 'is not encrypted (https)' }]
    }),
  ]
  if (problems.length === 0) return [ok('links', `${edition!.links.length} links, all fine by their looks.`)]
  return [
    warn('links', problems.map(({ url, why }) => `${url.slice(0, 80)} ${why}`).join('; ') + '.', {
      fix: 'Give full https addresses.',
      field: 'content.source',
      evidence: { links: problems },
    }),
  ]
}

function images({ edition }: Facts): Check {
  const without = edition!.pictures.filter(({ alt }) => alt === null || alt.trim() === '')
  return without.length === 0
    ? ok('images', 'Every picture has a text for those who do not see it.')
    : warn('images', saysNothing(without.length, edition!.pictures.length), {
        fix: 'Say in a few words what each shows.',
        field: 'content.source',
        evidence: { images: without.map(({ src }) => src) },
      })
}

const saysNothing = (without: number, all: number) =>
  all === 1
    ? 'The picture has no alternative text.'
    : `${without} of ${all} pictures ${without === 1 ? 'has' : 'have'} no alternative text.`
