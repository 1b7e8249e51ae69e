import { branded } from '../brand.ts'
import type { FormDefinition } from './definition.ts'

const LIGHT = '--ink:#1f2329;--quiet:#56606c;--paper:#f3f4f6;--card:#fff;--line:#c9cfd7;--bad:#b3261e'
const BUTTON = 'main button.brand'
const DARK = '--ink:#e8eaee;--quiet:#a9b0bb;--paper:#16181d;--card:#20242b;--line:#4a525e;--bad:#ffb4ab'

/**
 * A form's look as CSS beside that of every public page. The brand's colour fills the button.
 */
export function lookCss({ look: { color, color_dark: colorDark, scheme } }: Pick<FormDefinition, 'look'>): string {
  const only =
    scheme === 'auto'
      ? `:root{--bad:#b3261e}@media (prefers-color-scheme:dark){:root{--bad:#ffb4ab}}`
      : `:root{color-scheme:${scheme};${scheme === 'dark' ? `${DARK};--act:#9cc4ff` : `${LIGHT};--act:#1a5fb4`}}
         @media (prefers-color-scheme:dark){:root{${scheme === 'dark' ? DARK : `${LIGHT};--act:#1a5fb4`}}}`
  const inDark = colorDark ?? color
  const brand = scheme === 'dark' ? branded(inDark, BUTTON, 'dark') : branded(color, BUTTON, 'light')
  return `${only}
    ${brand}${scheme === 'auto' ? `@media (prefers-color-scheme:dark){${branded(inDark, BUTTON, 'dark')}}` : ''}
    .field{display:block;margin:0 0 1.25rem}
    .field>span{display:block;font-weight:600;margin-bottom:.25rem}
    .field small{font-weight:400;color:var(--quiet)}
    .field input,.field select{width:100%;min-height:44px;padding:.5rem .75rem;font:inherit;color:var(--ink);background:var(--card);border:1px solid #7a8492;border-radius:8px}
    .field input:focus-visible,.field select:focus-visible{outline:3px solid var(--act);outline-offset:1px}
    .one{display:flex;gap:.75rem;margin:0 0 1.25rem}.one input{width:1.5rem;height:1.5rem;margin:.1rem 0 0;flex:none}
    .field b,.wrong b{display:block;color:var(--bad);font-weight:600;font-size:.9375rem}
    .wrong{padding:.75rem 1rem;border:1px solid var(--bad);border-radius:8px;margin:0 0 1.25rem}
    .wrong ul{margin:.25rem 0 0;padding-left:1.25rem}
    .trap{position:absolute;left:-200vw;width:1px;height:1px;overflow:hidden}
    form+p{margin-top:1.5rem}
    .wording{white-space:pre-line}
    footer{margin-top:1.5rem;padding-top:1rem;border-top:1px solid var(--line)}`
}
