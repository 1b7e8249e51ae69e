/** Where the letters of the benchmarks come from: a newsletter as an editor makes it, of a wanted size. */
export const sender = { name: 'Blue Door Bakery', email: 'news@bakery.test' }

/**
 * HTML of about `bytes` with five merge tags and a dozen links. With `logic`, a variable is set at the start: then nothing can
 * be prepared beforehand and Liquid runs over all of it for each person.
 */
export function letter({ bytes, logic = false }: { bytes: number; logic?: boolean }): string {
  const link = (no: number) =>
    `<tr><td style="padding:8px 16px"><a href="https://bakery.test/bread/${no}" style="color:#1c6ea4">Bread ${no}</a></td></tr>`
  const greeting =
    '<p>Dear {{ contact.first_name }} {{ contact.last_name | default: "friend" }} of {{ contact.city }},</p>' +
    '<p>{% if contact.city %}we bake in {{ contact.city }} now{% endif %}; this goes to {{ contact.email }}.</p>'
  const head =
    (logic ? '{% assign today = "Friday" %}' : '') +
    greeting +
    `<table role="presentation">${Array.from({ length: 12 }, (_, no) => link(no)).join('\n')}</table>`
  const row =
    '<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td style="padding:10px 24px;font-family:Georgia,serif;font-size:16px;line-height:26px;color:#33302a">Flour, water, salt &amp; patience.</td></tr></table>\n'
  return head + row.repeat(Math.max(0, Math.ceil((bytes - head.length) / row.length)))
}
