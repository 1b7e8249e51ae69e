import { DomUtils, parseDocument } from 'htmlparser2'
import { InvalidTemplate } from './errors.ts'
import type { LinkRegister } from './link_register.ts'
import type { ProtectedSource } from './protected_source.ts'
import { buttonHtml, styleOf } from './letter_styles.ts'

type Node = ReturnType<typeof parseDocument>['children'][number]
type Element = ReturnType<typeof DomUtils.getElementsByTagName>[number]

export interface Picture {
  src: string
  alt: string | null
}

/** Where a merge tag may stand inside a tag: everything else would be markup or style made of somebody's data. */
const MERGEABLE = new Set(['href', 'src', 'alt', 'title', 'aria-label'])
const A_WEB_ADDRESS = /^https?:\/\//i

/**
 * What is done to clean HTML before it becomes a template: links get numbers and slots, our letters get their styles,
 * pictures are noted. Merge tags are still words here.
 */
export function prepared(
  html: string,
  { source, register, styled }: { source: ProtectedSource; register: LinkRegister; styled: boolean }
): { html: string; pictures: Picture[] } {
  const document = parseDocument(html)
  const pictures: Picture[] = []
  for (const element of DomUtils.getElementsByTagName('*', document.children, true)) {
    refuseMisplacedTags(element, source)
    if (element.name === 'a' || element.name === 'area') linked(element, { source, register })
    if (element.name === 'img') pictures.push(pictured(element, source))
    if (styled) dress(element)
  }
  return { html: DomUtils.getOuterHTML(document.children as Node[], { encodeEntities: 'utf8' } as any), pictures }
}

function refuseMisplacedTags(element: Element, source: ProtectedSource) {
  const misplaced = Object.entries(element.attribs).find(
    ([name, value]) => !MERGEABLE.has(name) && source.holdsTag(value + name)
  )
  const inStyle = element.name === 'style' && source.holdsTag(DomUtils.textContent(element))
  if (!misplaced && !inStyle) return
  const where = inStyle ? 'a style sheet' : `the attribute "${misplaced![0].slice(0, 30)}"`
  throw new InvalidTemplate(
    `A merge tag cannot stand in ${where}. Use it in text, links, image addresses or alt texts.`,
    {
      field: 'content.source',
    }
  )
}

function linked(element: Element, { source, register }: { source: ProtectedSource; register: LinkRegister }) {
  const href = (element.attribs.href ?? '').trim()
  if (!href || href.startsWith('#') || /^(mailto|tel):/i.test(href) || register.isOurs(source.restore(href))) return
  if (A_WEB_ADDRESS.test(href) || source.holdsTag(href)) {
    element.attribs.href = source.slot(register.add(source.restore(href), labelOf(element, source)))
    element.attribs.target ??= '_blank'
    return
  }
  register.useless.push(href)
  delete element.attribs.href
}

function labelOf(element: Element, source: ProtectedSource): string {
  const words =
    DomUtils.textContent(element).trim() || DomUtils.getElementsByTagName('img', element.children, true)[0]?.attribs.alt
  return source
    .restore(words ?? '')
    .replace(/\s+/g, ' ')
    .slice(0, 120)
}

function pictured(element: Element, source: ProtectedSource): Picture {
  const src = (element.attribs.src ?? '').trim()
  if (
    source.holdsTag(src.replace(/^https?:\/\/[^/?#]*[/?#]/i, (address) => (source.holdsTag(address) ? address : '')))
  ) {
    if (!A_WEB_ADDRESS.test(src) || source.holdsTag(/^https?:\/\/[^/?#]*/i.exec(src)![0])) {
      throw new InvalidTemplate(
        'An image address must begin with a fixed one: https://example.org/… and merge tags only after the host.',
        { field: 'content.source' }
      )
    }
  }
  return {
    src: source.restore(src),
    alt: element.attribs.alt === undefined ? null : source.restore(element.attribs.alt),
  }
}

function dress(element: Element) {
  if (element.name === 'a' && element.attribs.class === 'button') {
    const paragraph = element.parent as Element
    const button = parseDocument(buttonHtml(element.attribs.href ?? '')).children[0] as Element
    const inner = DomUtils.getElementsByTagName('a', [button], true)[0]
    inner.children = element.children
    for (const child of inner.children) child.parent = inner as any
    DomUtils.replaceElement(paragraph as any, button as any)
    return
  }
  const style = styleOf(element.name)
  if (style && element.attribs.style === undefined) element.attribs.style = style
}
