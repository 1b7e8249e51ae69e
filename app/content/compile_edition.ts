import { prepared } from './document.ts'
import type { CompiledEdition, EditionInput } from './edition.ts'
import { InvalidTemplate } from './errors.ts'
import { completed, inFrame } from './frame.ts'
import { LinkRegister } from './link_register.ts'
import { parseLiquid, type Manner, type Medium } from './liquid.ts'
import { fromMarkdown } from './markdown.ts'
import { textFromAuthor, textFromHtml, withTextFooter } from './plain_text.ts'
import { ProtectedSource } from './protected_source.ts'
import { sanitised } from './sanitised.ts'
import { forgivingABusyMachine, underAClock } from './under_a_clock.ts'
import { variablesOf, type Variable } from './variables.ts'

/**
 * Source → edition, once per campaign. Mistakes are found on the source as written; then merge tags step aside while
 * Markdown becomes HTML, HTML is cleaned, links are numbered and replaced by slots, and the letter gets its frame.
 *
 * @throws InvalidTemplate with field (subject | preheader | content.source | text) and line
 */
export const compileEdition = (input: EditionInput): CompiledEdition =>
  forgivingABusyMachine(() => underAClock(() => compiled(input), DEADLINE_MS), DEADLINE_MS / 2)

/** A letter takes milliseconds; what takes seconds was made to. */
const DEADLINE_MS = 5_000

function compiled(input: EditionInput): CompiledEdition {
  const manner: Manner = { timezone: input.workspace.timezone, locale: input.workspace.locale }
  const variables = checkedVariables(input, manner)
  const register = new LinkRegister({
    manner,
    utm: input.utm ?? null,
    first: input.firstLink ?? 1,
    lineOf: (url) => lineOf(input, url),
    /** What a program gives with a service mail is there when its link is made; a campaign's link is made again at the click. */
    values: input.isService ? ['contact', 'workspace', 'data'] : ['contact', 'workspace'],
  })
  const { html, text, pictures } = written(input, register)
  for (const [field, medium, template] of [
    ['content.source', 'html', html],
    ['text', 'text', text],
  ] as const) {
    refuseTornTags(template, { field, medium, manner })
  }
  return {
    renderer: 1,
    from: input.from,
    replyTo: input.replyTo,
    subject: input.subject,
    preheader: input.preheader,
    html,
    text,
    links: register.links,
    pictures,
    uselessLinks: register.useless,
    variables,
    tracking: input.tracking,
    leaveBy: input.leaveBy ?? null,
    manner,
    time: (input.time ?? new Date()).toISOString(),
    workspace: { name: input.workspace.name, postal_address: input.workspace.postalAddress ?? '' },
    topic: { name: input.topicName },
  }
}

/** The variables that an edition asks for, each once: what pre-flight checks and what delivery snapshots. */
export const mergeKeys = (edition: Pick<CompiledEdition, 'variables'>): string[] => [
  ...new Set(edition.variables.map(({ key }) => key)),
]

function checkedVariables(input: EditionInput, manner: Manner) {
  const found: (Variable & { field: string })[] = []
  for (const [field, medium, source] of [
    ['subject', 'text', input.subject],
    ['preheader', 'text', input.preheader],
    ['content.source', 'html', input.content.source],
    ['text', 'text', input.text ?? ''],
  ] as const) {
    const template = parseLiquid(source, { field, medium, manner })
    found.push(...variablesOf(template, manner).map((variable) => ({ ...variable, field })))
  }
  return found
}

function written(input: EditionInput, register: LinkRegister) {
  const source = new ProtectedSource(input.content.source)
  const isMarkdown = input.content.kind === 'markdown'
  const raw = isMarkdown ? fromMarkdown(source) : source.text
  refuseLinksFromData(raw, source)
  const clean = sanitised(raw)
  refuseLostTags(raw, clean, source)
  const isDocument = !isMarkdown && /<(html|body)\b/i.test(clean)
  const body = prepared(clean, { source, register, styled: isMarkdown })
  const content = source.restore(body.html)
  const footer = {
    hasUnsubscribe: input.isService || /href="\{\{-?\s*unsubscribe_url\b/.test(content),
    hasAddress: input.isService || namesAddress(content, input.workspace.postalAddress),
    postalAddress: input.workspace.postalAddress,
    language: input.workspace.locale,
  }
  const html = isDocument
    ? completed(content, { preheader: input.preheader, footer })
    : inFrame(content, { subject: input.subject, preheader: input.preheader, footer })
  const author = input.text?.trim() ? new ProtectedSource(input.text) : null
  const text = author ? author.restore(textFromAuthor(author, register)) : source.restore(textFromHtml(body.html))
  return {
    html,
    text: input.isService ? text.trim() : withTextFooter(text, input.workspace.locale),
    pictures: body.pictures,
  }
}

/** A merge tag before the colon would decide where a link leads, or what kind of link it is. */
function refuseLinksFromData(html: string, source: ProtectedSource) {
  const early = new RegExp(
    `(?:href|src)\\s*=\\s*["']?\\s*(?:${source.pattern().source})[\\w.+-]*:[^"'\\s>]*`,
    'i'
  ).exec(html)
  if (!early) return
  const link = source.restore(early[0].replace(/^\w+\s*=\s*["']?\s*/, ''))
  throw new InvalidTemplate(
    `The link ${link.slice(0, 80)} must begin with a fixed address such as https://example.org/.`,
    {
      field: 'content.source',
    }
  )
}

/** Whatever merge tag the cleaning took with it stood inside a tag or a script: say so, rather than send half of it. */
function refuseLostTags(html: string, clean: string, source: ProtectedSource) {
  const kept = new Set(clean.match(source.pattern()))
  const lost = html
    .replace(/<!--(?!\[if)[\s\S]*?-->/gi, '')
    .match(source.pattern())
    ?.find((word) => !kept.has(word))
  if (!lost) return
  throw new InvalidTemplate(
    `${source.restore(lost).slice(0, 60)} stands where a mail cannot keep it: inside a tag or a script. Put it around whole elements, into a text or a link.`,
    { field: 'content.source' }
  )
}

/** The author's own footer counts when it shows the address, as a merge tag or word by word. */
function namesAddress(html: string, postalAddress: string | null): boolean {
  const bare = (text: string) =>
    text
      .replace(/<[^>]*>/g, ' ')
      .replace(/[^\p{L}\p{N}]+/gu, '')
      .toLowerCase()
  return /workspace\.postal_address/.test(html) || (!!postalAddress && bare(html).includes(bare(postalAddress)))
}

/** A condition that begins in text and ends inside a tag was whole in the source and is torn in the mail. */
function refuseTornTags(template: string, at: { field: string; medium: Medium; manner: Manner }) {
  try {
    parseLiquid(template, at)
  } catch (error) {
    if (!(error instanceof InvalidTemplate)) throw error
    throw new InvalidTemplate(
      'A condition or loop begins or ends where HTML cannot keep it (inside a tag, a comment or a style). Put it around whole elements.',
      { field: at.field }
    )
  }
}

function lineOf({ content, text }: EditionInput, url: string): number | undefined {
  for (const source of [content.source, text ?? '']) {
    const at = source.indexOf(url)
    if (at >= 0) return source.slice(0, at).split('\n').length
  }
  return undefined
}
