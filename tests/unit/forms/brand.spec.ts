import { test } from '@japa/runner'
import { branded, contrast, type Tone } from '#app/forms/brand'

const PAGES = {
  light: { 'ground': '#ffffff', 'var(--quiet)': '#56606c', 'var(--act)': '#1a5fb4' },
  dark: { 'ground': '#20242b', 'var(--quiet)': '#a9b0bb', 'var(--act)': '#9cc4ff' },
}
const HOSTILE = ['#ffffff', '#000000', '#20242b', '#f3f4f6', '#ffdd00', '#777777', '#FFFFFE', '#1a5fb4', '#d81e5b']

const said = (css: string, property: string) => new RegExp(`[{;]${property}:([^;}]+)`).exec(css)![1]
const full = (color: string) => (/^#\w{3}$/.test(color) ? color.replace(/\w/g, '$&$&') : color)

test.group('The brand’s colour on public pages', () => {
  for (const tone of ['light', 'dark'] as Tone[]) {
    test(`leaves words, edges and ticks to be seen, whatever it is, in ${tone}`, ({ assert }) => {
      const { ground, ...names } = PAGES[tone]
      const on = (value: string) => (names as Record<string, string>)[value] ?? full(value)
      for (const color of HOSTILE) {
        const css = branded(color, 'button', tone)
        assert.equal(said(css, 'background'), color)
        assert.isAtLeast(contrast(on(said(css, 'color')), color), 4.5, `words on ${color}`)
        assert.isAtLeast(contrast(on(said(css, 'border-color')), ground), 3, `the edge of ${color}`)
        assert.isAtLeast(contrast(on(said(css, 'accent-color')), ground), 3, `a tick in ${color}`)
      }
    })
  }
})
