import type { PageLook } from '#identity'

export type Tone = 'light' | 'dark'

/** What the buttons of the public pages stand on: `--card` in resources/views/public/page.edge. */
const GROUND: Record<Tone, string> = { light: '#ffffff', dark: '#20242b' }

/** WCAG 2.2, 1.4.11: less than this and a shape is not seen on its ground. */
const SEEN = 3

/**
 * CSS that fills what `button` selects with a brand's colour; its words are black or white, whichever is read better: one of
 * the two has a contrast of 4.5 on any colour. A colour that vanishes on the ground, as white on white, gets a grey edge, and
 * boxes that are ticked keep the colour of our own.
 */
export function branded(color: string, button: string, tone: Tone): string {
  const isSeen = contrast(color, GROUND[tone]) >= SEEN
  const words = contrast(color, '#000000') > contrast(color, '#ffffff') ? '#000' : '#fff'
  return (
    `${button}{background:${color};border-color:${isSeen ? color : 'var(--quiet)'};color:${words}}` +
    `.topic input,.one input{accent-color:${isSeen ? color : 'var(--act)'}}`
  )
}

/** The look of the pages behind the links of a workspace's mails, beside that of every public page; by day and by night. */
export function pageCss(look: PageLook | null | undefined): string {
  if (!look) return ''
  const button = 'main button:not(.second)'
  const dark = branded(look.color_dark ?? look.color, button, 'dark')
  return `${branded(look.color, button, 'light')}@media (prefers-color-scheme:dark){${dark}}`
}

/** Of two colours as `#rrggbb`, 1 to 21 (WCAG 2.2, contrast ratio). */
export function contrast(one: string, other: string): number {
  const [brighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (brighter + 0.05) / (darker + 0.05)
}

/** WCAG 2.2, relative luminance. */
function luminance(color: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
