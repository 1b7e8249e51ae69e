import type { Template } from 'liquidjs'
import type { CompiledEdition } from './edition.ts'
import { engineFor, parseLiquid, renderAll, type Medium } from './liquid.ts'
import { needsClock } from './variables.ts'

export interface CopyUrls {
  /** Our redirect for link `no`, or null where clicks are not counted: then the link stays plain. */
  click(no: number): string | null
  /** The pixel, or null where opens are not counted: then there is none. */
  open: string | null
  unsubscribe: string
  preferences: string
}

export interface Copy {
  subject: string
  html: string
  text: string
}

interface Job {
  template: Template[]
  medium: Medium
  field: string
  watched: boolean
}

interface Prepared {
  parts: Job[]
  links: (Job & { no: number; plain: string | null })[]
}

const prepared = new WeakMap<CompiledEdition, Prepared>()

/**
 * One person's copy: the one function of preview, test send and sender. Pure, synchronous, deterministic. Templates
 * are parsed once per edition object; per person only Liquid runs.
 *
 * @param vars `{ contact: {…} }`; workspace, topic and the ways out are added here
 * @throws InvalidTemplate when the template runs too long or grows too large
 */
export function renderCopy(
  edition: CompiledEdition,
  { vars, urls }: { vars: { contact: Record<string, unknown> }; urls: CopyUrls }
): Copy {
  const { parts, links } = partsOf(edition)
  const person = {
    contact: vars.contact,
    workspace: edition.workspace,
    topic: edition.topic,
    edition_time: edition.time,
  }
  const scope: Record<string, unknown> = {
    ...person,
    unsubscribe_url: urls.unsubscribe,
    preferences_url: urls.preferences,
    open_url: urls.open,
  }
  for (const link of links) {
    scope[`link_${link.no}`] =
      urls.click(link.no) ?? link.plain ?? renderAll([link], { scope: person, manner: edition.manner })[0]
  }
  const [subject, html, text] = renderAll(parts, { scope, manner: edition.manner })
  return { subject: inOneLine(subject), html, text: text.replace(/\n{3,}/g, '\n\n') }
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
  const scope = {
    contact: vars.contact,
    workspace: edition.workspace,
    topic: edition.topic,
    edition_time: edition.time,
  }
  return renderAll([{ template, medium: 'url', field: 'content.source', watched: true }], {
    scope,
    manner: edition.manner,
  })[0]
}

function partsOf(edition: CompiledEdition): Prepared {
  let known = prepared.get(edition)
  if (!known) {
    const job = (source: string, medium: Medium, field: string): Job => {
      const template = engineFor(medium, edition.manner).parse(source)
      return { template, medium, field, watched: needsClock(template) }
    }
    known = {
      parts: [
        job(edition.subject, 'text', 'subject'),
        job(edition.html, 'html', 'content.source'),
        job(edition.text, 'text', 'text'),
      ],
      links: edition.links.map(({ no, url }) => ({
        ...job(url, 'url', 'content.source'),
        no,
        plain: hasTags(url) ? null : url,
      })),
    }
    prepared.set(edition, known)
  }
  return known
}

const hasTags = (url: string) => url.includes('{{') || url.includes('{%')

/** A person's name with a line break must not become a header. */
// eslint-disable-next-line no-control-regex
const inOneLine = (subject: string) => subject.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim()
