/** Tags that mails put between Outlook's comments: ghost tables and drawn buttons. */
const INSIDE =
  /^(?:table|tbody|tr|td|th|center|div|span|p|br|a|b|i|strong|em|img|style|xml|w:anchorlock|w:worddocument|o:\w+|v:\w+|noscript)$/i

/**
 * Outlook's conditional comments (`<!--[if mso]>…<![endif]-->`), taken out of a source before it is sanitised and put
 * back afterwards as comments of the document, never inside an attribute. One that holds anything but layout goes.
 */
export function conditionalCommentsOf(html: string) {
  const kept: string[] = []
  let mark = 'zqcc'
  while (html.toLowerCase().includes(mark)) mark += 'q'
  const keep = (comment: string) => {
    kept.push(comment)
    return `${mark}${kept.length - 1}z`
  }
  const text = html
    .replace(/<!--\[if[^\]<>]*\]><!-->|<!--\[if[^\]<>]*\]><!-- -->/gi, (opening) => keep(opening))
    .replace(/<!--<!\[endif\]-->|<!-- <!\[endif\]-->/gi, () => keep('<!--<![endif]-->'))
    .replace(/<!--(\[if[^\]<>]*\])>([\s\S]*?)<!\[endif\]-->/gi, (whole, _condition, inside) =>
      isLayout(inside) ? keep(whole) : ''
    )
  const putBack = (clean: string) => {
    const words = new RegExp(`${mark}(\\d+)z`, 'g')
    const outsideTags = clean.replace(/<style\b[^>]*>[\s\S]*?<\/style>|<[^>]*>/gi, (markup) =>
      markup.replace(words, '')
    )
    return outsideTags.replace(words, (_, no) => kept[Number(no)])
  }
  return { text, putBack }
}

function isLayout(inside: string): boolean {
  if (/--|\bon\w+\s*=|javascript:|vbscript:|data:|expression\s*\(|@import/i.test(inside)) return false
  const names = [...inside.matchAll(/<\/?\s*([^\s>/]+)/g)].map(([, name]) => name)
  return names.every((name) => INSIDE.test(name))
}
