import MarkdownIt from 'markdown-it'
import type { ProtectedSource } from './protected_source.ts'

const markdown = new MarkdownIt({ html: false, linkify: true, typographer: false })
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false })

/** Markdown's `javascript:` guard stays; our own merge-tag words are addresses to it like any other. */
const linkAlone = ['strong_open link_open link_close strong_close', 'link_open strong_open strong_close link_close']

/** A link alone in its paragraph and bold is a button: `**[Book a table](https://…)**`. */
markdown.core.ruler.push('buttons', (state) => {
  for (const [at, token] of state.tokens.entries()) {
    if (token.type !== 'inline' || state.tokens[at - 1]?.type !== 'paragraph_open') continue
    const children = (token.children ?? []).filter(({ type, content }) => !(type === 'text' && content === ''))
    const frame = children.filter(({ type }) => /^(strong|link)_/.test(type)).map(({ type }) => type)
    const [first, second] = children
    const last = children.at(-1)
    if (!linkAlone.includes(frame.join(' ')) || !first || !second || !last) continue
    if (`${first.type} ${second.type}` !== frame.slice(0, 2).join(' ') || last.type !== frame[3]) continue
    children.find(({ type }) => type === 'link_open')!.attrSet('class', 'button')
    token.children = children.filter(({ type }) => !type.startsWith('strong_'))
  }
})

/** Markdown → HTML. Conditions and loops on lines of their own stand between paragraphs, not inside one. */
export function fromMarkdown(source: ProtectedSource): string {
  const tagLine = new RegExp(`^[ \\t]*((?:${source.pattern('t').source}[ \\t]*)+)$`, 'gm')
  const html = markdown.render(source.text.replace(tagLine, '\n$1\n'))
  return html.replace(new RegExp(`<p>((?:\\s*${source.pattern('t').source})+\\s*)</p>`, 'g'), '$1')
}
