import { type Interpolated } from '#platform'
import { CompiledTemplate } from './compiled_template.ts'
import type { CompiledEdition } from './edition.ts'
import { parseLiquid, renderAll } from './liquid.ts'
import { forEachUnderAClock } from './under_a_clock.ts'

export interface CopyUrls {
  /** Our redirect for link `no`, or null where clicks are not counted: then the link stays plain. */
  click(no: number): string | null
  /** The pixel, or null where opens are not counted: then there is none. */
  open: string | null
  unsubscribe: string
  preferences: string
  /** Where they say whether they still want the topic: of a campaign that asks. */
  confirm: string
}

export interface Copy {
  subject: string
  html: string
  text: string
}

/** A copy whose long parts still show what everyone's copy shares. */
export interface SharedCopy {
  subject: string
  html: Interpolated
  text: string | Interpolated
}

interface Person {
  /** `data`: what a program gave with a service mail. */
  vars: { contact: Record<string, unknown>; data?: Record<string, unknown> }
  urls: CopyUrls
}

interface Prepared {
  constants: Record<string, unknown>
  subject: CompiledTemplate
  html: CompiledTemplate
  text: CompiledTemplate
  links: { no: number; name: string; url: string | CompiledTemplate }[]
}

const prepared = new WeakMap<CompiledEdition, Prepared>()

/**
 * One person's copy: the one function of preview, test send and sender. Pure, synchronous, deterministic.
 *
 * @param vars `{ contact: {…} }`; workspace, topic and the ways out are added here
 * @throws InvalidTemplate when the template runs too long or grows too large
 */
export function renderCopy(edition: CompiledEdition, person: Person): Copy {
  const { subject, html, text } = sharedCopy(edition, person)
  return { subject, html: String(html), text: String(text) }
}

/** The same copy for whoever writes thousands of them. Templates are compiled once per edition object. */
export function sharedCopy(edition: CompiledEdition, { vars, urls }: Person): SharedCopy {
  const { constants, subject, html, text, links } = partsOf(edition)
  const scope: Record<string, unknown> = {
    ...constants,
    contact: vars.contact,
    ...(vars.data ? { data: vars.data } : {}),
    unsubscribe_url: urls.unsubscribe,
    preferences_url: urls.preferences,
    confirm_url: urls.confirm,
    open_url: urls.open,
  }
  for (const { no, name, url } of links) {
    scope[name] = urls.click(no) ?? (typeof url === 'string' ? url : String(url.fill(scope)))
  }
  return {
    subject: inOneLine(String(subject.fill(scope))),
    html: html.fill(scope),
    text: withoutGaps(text.fill(scope)),
  }
}

/** Where a counted link leads for this person: its address with the person's values, as the copy itself would show it. */
export function resolveLink(
  url: string,
  {
    vars,
    edition,
  }: {
    vars: { contact: Record<string, unknown> }
    edition: Pick<CompiledEdition, 'manner' | 'time' | 'workspace' | 'topic'>
  }
): string {
  if (!hasTags(url)) return url
  const template = parseLiquid(url, { field: 'content.source', medium: 'url', manner: edition.manner })
  const scope = { ...constantsOf(edition), contact: vars.contact }
  return renderAll([{ template, medium: 'url', field: 'content.source', watched: true }], {
    scope,
    manner: edition.manner,
  })[0]
}

/**
 * Makes copies for many people, under one watchdog where the letter needs any. When they are not done in time together,
 * each is made again under a watchdog of its own, so that only those who are to blame fail.
 */
export function forEachCopy<Item, Result>(
  edition: CompiledEdition,
  people: Item[],
  make: (one: Item) => Result
): Result[] {
  const { subject, html, text, links } = partsOf(edition)
  const templates = [subject, html, text, ...links.map(({ url }) => url)]
  const isWatched = templates.some((template) => template instanceof CompiledTemplate && template.isWatched)
  return isWatched ? forEachUnderAClock(people, make) : people.map(make)
}

function partsOf(edition: CompiledEdition): Prepared {
  let known = prepared.get(edition)
  if (!known) {
    const { manner } = edition
    const constants = constantsOf(edition)
    known = {
      constants,
      subject: new CompiledTemplate(edition.subject, { field: 'subject', medium: 'text', manner, constants }),
      html: new CompiledTemplate(edition.html, { field: 'content.source', medium: 'html', manner, constants }),
      text: new CompiledTemplate(edition.text, { field: 'text', medium: 'text', manner, constants }),
      links: edition.links.map(({ no, url }) => ({
        no,
        name: `link_${no}`,
        url: hasTags(url)
          ? new CompiledTemplate(url, { field: 'content.source', medium: 'url', manner, constants })
          : url,
      })),
    }
    prepared.set(edition, known)
  }
  return known
}

const constantsOf = ({ workspace, topic, time }: Pick<CompiledEdition, 'workspace' | 'topic' | 'time'>) => ({
  workspace,
  topic,
  edition_time: time,
})

const hasTags = (url: string) => url.includes('{{') || url.includes('{%')

/** A person's name with a line break must not become a header. */
// eslint-disable-next-line no-control-regex
const inOneLine = (subject: string) => subject.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim()

/** Where a value is empty, its lines close up: never more than one blank line. */
function withoutGaps(text: Interpolated): string | Interpolated {
  const mayGap = text.values.some((value) => value === '' || value.includes('\n')) || hasGap(text.strings)
  return mayGap ? text.toString().replace(/\n{3,}/g, '\n\n') : text
}

const gaps = new WeakMap<readonly string[], boolean>()

function hasGap(strings: readonly string[]): boolean {
  let known = gaps.get(strings)
  if (known === undefined) {
    known = strings.some((string) => string.includes('\n\n\n'))
    gaps.set(strings, known)
  }
  return known
}
