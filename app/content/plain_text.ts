import { compile } from 'html-to-text'
import { footerWords } from './footer_words.ts'
import type { LinkRegister } from './link_register.ts'
import type { ProtectedSource } from './protected_source.ts'

const toText = compile({
  wordwrap: false,
  selectors: [
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: 'a', options: { linkBrackets: ['(', ')'], ignoreHref: false } },
    { selector: 'img', format: 'skip' },
    { selector: 'style', format: 'skip' },
    { selector: 'title', format: 'skip' },
  ],
})

/** The part for readers without HTML, made from the letter itself: the same words, links as "text (address)". */
export function textFromHtml(html: string): string {
  return toText(html)
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** The author's own plain text: its addresses count like those of the letter. */
export function textFromAuthor(source: ProtectedSource, register: LinkRegister): string {
  return source.text.replace(/https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]]/gi, (url) =>
    source.slot(register.reuse(source.restore(url)))
  )
}

export function withTextFooter(text: string, language: string): string {
  const lines = [text.trim(), '', '-- ']
  if (!/workspace\.postal_address/.test(text)) {
    lines.push('{{ workspace.name }}{% if workspace.postal_address %}\n{{ workspace.postal_address }}{% endif %}')
  }
  if (!/unsubscribe_url/.test(text)) lines.push(`${footerWords(language).unsubscribe}: {{ unsubscribe_url }}`)
  return lines.length > 3 ? lines.join('\n') : text.trim()
}
