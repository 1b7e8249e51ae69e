/** What was copied from a document or a page, as Markdown: structure stays, looks go. */
export function pastedMarkdown(html: string): string {
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  return blocks(body)
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** Worth converting: more than one bare paragraph. */
export const hasStructure = (html: string) => /<(h[1-6]|ul|ol|li|a\s|b>|b\s|strong|em>|i>|p[\s>])/i.test(html)

const SKIPPED = new Set(['STYLE', 'SCRIPT', 'META', 'LINK', 'TITLE'])

function blocks(parent: Node): string {
  return [...parent.childNodes].map(block).join('')
}

function block(node: Node): string {
  if (!(node instanceof HTMLElement))
    return node.nodeType === Node.TEXT_NODE && node.textContent!.trim() ? inline(node) : ''
  if (SKIPPED.has(node.tagName)) return ''
  const heading = /^H([1-6])$/.exec(node.tagName)
  if (heading) return `\n\n${'#'.repeat(Number(heading[1]))} ${inlines(node).trim()}\n\n`
  if (node.tagName === 'UL' || node.tagName === 'OL') return `\n\n${items(node)}\n\n`
  if (node.tagName === 'P') return `\n\n${inlines(node).trim()}\n\n`
  if (node.tagName === 'BR') return '\n'
  if (/^(DIV|SECTION|ARTICLE|MAIN|TABLE|TBODY|TR|TD|TH|BLOCKQUOTE)$/.test(node.tagName) || holdsBlocks(node))
    return `\n\n${blocks(node)}\n\n`
  return inline(node)
}

const holdsBlocks = (node: HTMLElement) => node.querySelector('p, h1, h2, h3, ul, ol, div') !== null

const items = (list: HTMLElement) =>
  [...list.children]
    .map((item, at) => `${list.tagName === 'OL' ? `${at + 1}.` : '-'} ${inlines(item).trim()}`)
    .join('\n')

const inlines = (parent: Node): string => [...parent.childNodes].map(inline).join('')

function inline(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent!.replace(/\s+/g, ' ')
  if (!(node instanceof HTMLElement) || SKIPPED.has(node.tagName)) return ''
  const inner = inlines(node)
  if (inner.trim() === '') return node.tagName === 'BR' ? '\n' : inner
  const href = node.tagName === 'A' ? node.getAttribute('href') : null
  if (href && /^(https?:|mailto:)/.test(href)) return `[${inner.trim()}](${href})`
  const isLight = /normal|400/.test(node.style.fontWeight)
  if ((node.tagName === 'B' || node.tagName === 'STRONG') && !isLight) return `**${inner.trim()}**`
  if (node.tagName === 'I' || node.tagName === 'EM') return `*${inner.trim()}*`
  return inner
}
