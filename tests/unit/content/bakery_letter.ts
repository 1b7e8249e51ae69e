import { compileEdition, renderCopy, type EditionInput } from '#content'

export const bakeryWorkspace = {
  name: 'Blue Door Bakery',
  postalAddress: '1 Harbour Street, Bristol BS1 4RN, UK',
  timezone: 'Europe/London',
  locale: 'en',
}

/** The bakery's letter with whatever a test wants different. */
export function letter(changes: Partial<EditionInput> = {}) {
  return compileEdition({
    workspace: bakeryWorkspace,
    topicName: 'Weekly specials',
    from: { name: 'Blue Door Bakery', email: 'hello@bluedoor.test' },
    replyTo: null,
    subject: 'Fresh for {{ contact.first_name | default: "you" }}',
    preheader: 'Plum cake & more',
    content: { kind: 'markdown', source: 'Hello {{ contact.first_name }}' },
    tracking: { opens: true, clicks: true },
    time: new Date('2026-11-01T08:00:00Z'),
    ...changes,
  })
}

export const markdown = (source: string) => letter({ content: { kind: 'markdown', source } })
export const html = (source: string) => letter({ content: { kind: 'html', source } })

export const ada = { first_name: 'Ada', last_name: '', email: 'ada@example.test', city: 'Bristol', vip: true }

export function copyFor(
  edition: ReturnType<typeof letter>,
  contact: Record<string, unknown> = ada,
  { clicks = true } = {}
) {
  return renderCopy(edition, {
    vars: { contact },
    urls: {
      click: (no) => (clicks ? `https://mail.test/c/t.${no}` : null),
      open: 'https://mail.test/o/t.gif',
      unsubscribe: 'https://mail.test/u/t',
      preferences: 'https://mail.test/p/t',
      confirm: 'https://mail.test/k/t',
    },
  })
}
