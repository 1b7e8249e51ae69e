import { readFileSync } from 'node:fs'
import app from '@adonisjs/core/services/app'
import { escapedTemplate, escapeHtml } from './escape_html.ts'
import { footerWords } from './footer_words.ts'

/** What the sender owes to every reader: who writes, from where, and the way out. */
export interface Footer {
  hasUnsubscribe: boolean
  hasAddress: boolean
  /** The sender's, with its line breaks; null: none is known. */
  postalAddress: string | null
  /** BCP 47. */
  language: string
}

let letter: string | undefined

/** Our own frame around Markdown and pieces of HTML: 600 px, tables for Outlook, dark where the reader's device is. */
export function inFrame(content: string, parts: { subject: string; preheader: string; footer: Footer }) {
  letter ??= readFileSync(app.makePath('resources/emails/letter.html'), 'utf8')
  const slots: Record<string, string> = {
    language: escapedTemplate(parts.footer.language),
    subject: escapedTemplate(parts.subject),
    preheader: preheaderHtml(parts.preheader),
    content,
    footer: footerHtml(parts.footer),
    pixel: PIXEL,
  }
  return letter.replace(/\[\[(\w+)\]\]/g, (_, name) => slots[name])
}

/** A whole document of the author's own keeps its design; it gets only what is missing. */
export function completed(document: string, parts: { preheader: string; footer: Footer }): string {
  const footer = footerHtml(parts.footer)
  const wrapped = footer
    ? `<div style="padding:24px 16px;font-family:sans-serif;font-size:13px;line-height:1.6;color:#5b6470;text-align:center;">${footer}</div>`
    : ''
  const withMeta = /<meta[^>]+charset/i.test(document) ? document : afterTag(document, 'head', '<meta charset="utf-8">')
  const opened = afterTag(withMeta, 'body', preheaderHtml(parts.preheader))
  const closed = /<\/body>/i.test(opened)
    ? opened.replace(/<\/body>(?![\s\S]*<\/body>)/i, () => `${wrapped}${PIXEL}</body>`)
    : `${opened}${wrapped}${PIXEL}`
  return `<!doctype html>\n${closed}`
}

const PIXEL =
  '{% if open_url %}<img src="{{ open_url }}" width="1" height="1" alt="" style="display:block;width:1px;height:1px;border:0;">{% endif %}'

const afterTag = (html: string, tag: string, insertion: string) =>
  html.replace(new RegExp(`<${tag}\\b[^>]*>`, 'i'), (opening) => opening + insertion)

/** The line that inboxes show beside the subject, followed by blanks so that the letter's first words stay out of it. */
function preheaderHtml(preheader: string): string {
  if (!preheader.trim()) return ''
  return `<div style="display:none;font-size:1px;line-height:1px;max-height:0;max-width:0;opacity:0;overflow:hidden;mso-hide:all;">${escapedTemplate(preheader)}${'&#847;&zwnj;&nbsp;'.repeat(60)}</div>`
}

/** As it stands: also braces, which would be a merge tag. */
const escapedText = (line: string) => escapeHtml(line).replaceAll('{', '&#123;')

function footerHtml({ hasUnsubscribe, hasAddress, postalAddress, language }: Footer): string {
  const words = footerWords(language)
  const style = 'style="color:#5b6470;text-decoration:underline;"'
  const lines = []
  if (!hasUnsubscribe) {
    lines.push(
      `<p style="margin:0 0 8px;">${words.why}</p>`,
      `<p style="margin:0 0 8px;"><a href="{{ unsubscribe_url }}" ${style}>${words.unsubscribe}</a> · <a href="{{ preferences_url }}" ${style}>${words.choose}</a></p>`
    )
  }
  if (!hasAddress) {
    const address = (postalAddress ?? '').split(/\r?\n/).filter((line) => line.trim() !== '')
    lines.push(`<p style="margin:0;">${['{{ workspace.name }}', ...address.map(escapedText)].join('<br>')}</p>`)
  }
  return lines.join('\n')
}
