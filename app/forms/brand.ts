import type { PageLook } from '#identity'

/**
 * CSS that fills what `button` selects with a brand's colour; its words are black or white, whichever is read better: one of
 * the two has a contrast of 4.5 on any colour.
 */
export const branded = (color: string, button: string) =>
  `${button}{background:${color};border-color:${color};color:${wordsOn(color)}}.topic input,.one input{accent-color:${color}}`

/** The look of the pages behind the links of a workspace's mails, beside that of every public page; by day and by night. */
export function pageCss(look: PageLook | null | undefined): string {
  if (!look) return ''
  const button = 'main button:not(.second)'
  const dark = branded(look.color_dark ?? look.color, button)
  return `${branded(look.color, button)}@media (prefers-color-scheme:dark){${dark}}`
}

/** WCAG 2.2: relative luminance; above 0.179 black is read better than white. */
function wordsOn(color: string): string {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? '#000' : '#fff'
}
