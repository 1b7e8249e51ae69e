import sanitizeHtml from 'sanitize-html'
import { conditionalCommentsOf } from './conditional_comments.ts'

const TAGS =
  'html head title meta style body div span p br hr h1 h2 h3 h4 h5 h6 a img table caption thead tbody tfoot tr th td colgroup col center font b strong i em u s strike del ins sub sup small big mark abbr cite q code pre kbd blockquote address ul ol li dl dt dd section article header footer main nav aside figure figcaption picture source map area wbr time bdi bdo'.split(
    ' '
  )
const EVERYWHERE =
  'class id style title lang dir role align valign width height bgcolor background border cellpadding cellspacing color face size colspan rowspan nowrap scope summary span start type value hspace vspace aria-label aria-hidden aria-labelledby aria-describedby'.split(
    ' '
  )
const DROPPED_WITH_CONTENT =
  'script textarea option select noscript noembed noframes xmp plaintext iframe object embed applet svg math template form'.split(
    ' '
  )

/**
 * HTML as somebody wrote or pasted it, without what a mail must not carry: scripts, handlers, forms, frames, foreign
 * style sheets, addresses other than http(s), mailto and tel. Tables, styles and Outlook's conditional comments stay.
 */
export function sanitised(html: string): string {
  const comments = conditionalCommentsOf(html)
  const clean = sanitizeHtml(comments.text, {
    allowedTags: TAGS,
    allowedAttributes: {
      '*': EVERYWHERE,
      'a': ['href', 'name', 'target', 'rel'],
      'area': ['href', 'shape', 'coords', 'alt'],
      'img': ['src', 'alt', 'srcset', 'sizes', 'ismap', 'usemap'],
      'source': ['srcset', 'media'],
      'map': ['name'],
      'meta': ['charset', 'name', 'content', 'http-equiv'],
      'html': ['xmlns', 'xmlns:v', 'xmlns:o'],
      'style': ['media'],
    },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['http', 'https'] },
    allowedSchemesAppliedToAttributes: ['href', 'src', 'background', 'srcset'],
    allowProtocolRelative: false,
    allowVulnerableTags: true,
    nonTextTags: DROPPED_WITH_CONTENT,
    parseStyleAttributes: false,
    transformTags: { '*': (tagName, attribs) => ({ tagName, attribs: withCleanStyle(attribs) }) },
    exclusiveFilter: ({ tag, attribs }) =>
      tag === 'meta' && /refresh|set-cookie|content-security-policy/i.test(attribs['http-equiv'] ?? ''),
  })
  return comments.putBack(
    clean.replace(/(<style\b[^>]*>)([\s\S]*?)(<\/style>)/gi, (_, open, css, close) => open + cleanCss(css) + close)
  )
}

function withCleanStyle(attribs: Record<string, string>) {
  return attribs.style === undefined ? attribs : { ...attribs, style: cleanCss(attribs.style) }
}

/** No imports, no scripts of old browsers, no address but http(s) in `url()`. Escapes are how such things are hidden. */
function cleanCss(css: string): string {
  const plain = css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/<!--|-->/g, '')
    .replace(/\\(?=[0-9a-f]{1,6}|[a-z])/gi, '')
  return plain
    .replace(/@import[^;]*;?/gi, '')
    .replace(/@font-face\s*\{[^}]*\}/gi, '')
    .replace(/(expression|behavior|-moz-binding|javascript|vbscript)\s*[:(]/gi, 'removed:')
    .replace(/url\(\s*(['"]?)(?!\s*https?:\/\/)[^)]*\)/gi, 'none')
    .replace(/</g, '')
}
