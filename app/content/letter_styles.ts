/** How our own letters look: inline, because many readers' programs keep nothing else. */
const STYLES: Record<string, string> = {
  p: 'margin:0 0 16px;',
  h1: 'margin:0 0 16px;font-size:28px;line-height:1.25;font-weight:700;color:#1f2329;',
  h2: 'margin:32px 0 12px;font-size:22px;line-height:1.3;font-weight:700;color:#1f2329;',
  h3: 'margin:24px 0 8px;font-size:18px;line-height:1.4;font-weight:700;color:#1f2329;',
  h4: 'margin:24px 0 8px;font-size:16px;line-height:1.4;font-weight:700;color:#1f2329;',
  ul: 'margin:0 0 16px;padding:0 0 0 24px;',
  ol: 'margin:0 0 16px;padding:0 0 0 24px;',
  li: 'margin:0 0 6px;',
  a: 'color:#1a5fb4;text-decoration:underline;',
  img: 'display:block;max-width:100%;height:auto;border:0;border-radius:4px;',
  hr: 'margin:32px 0;border:0;border-top:1px solid #d9dde3;',
  blockquote: 'margin:0 0 16px;padding:4px 0 4px 16px;border-left:3px solid #c3cad4;color:#4a525e;',
  code: 'font-family:Consolas,Menlo,monospace;font-size:14px;',
  pre: 'margin:0 0 16px;padding:12px;background:#f3f4f6;border-radius:4px;white-space:pre-wrap;',
  th: 'padding:8px 12px 8px 0;border-bottom:2px solid #d9dde3;text-align:left;',
  td: 'padding:8px 12px 8px 0;border-bottom:1px solid #e6e9ed;text-align:left;',
}

export const styleOf = (tag: string): string | undefined => STYLES[tag]

/** A button that Outlook draws too: the colour sits on the cell, the whole cell is the link. */
export const buttonHtml = (href: string) =>
  `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 24px;"><tr>` +
  `<td class="button-cell" bgcolor="#1a5fb4" style="border-radius:6px;background:#1a5fb4;">` +
  `<a class="button" href="${href}" target="_blank" style="display:inline-block;padding:12px 24px;font-weight:600;color:#ffffff;text-decoration:none;"></a>` +
  `</td></tr></table>`
