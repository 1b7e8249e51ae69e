import { appUrl } from '#config/app'
import type { ShownForm } from './form_of_slug.ts'
import { wordsOf } from './words.ts'

/**
 * The mail that asks the owner of an address. Locked: nothing in it is the form's or the visitor's own but the names of who
 * asks and of the topics.
 */
export function confirmationLetter(
  { workspace, definition }: Pick<ShownForm, 'workspace' | 'definition'>,
  { topics, token }: { topics: { name: string }[]; token: string }
) {
  const { t, language } = wordsOf(definition.language)
  const sender = [workspace.name, ...(workspace.postalAddress ?? '').split('\n')].filter(Boolean).join(', ')
  const facts = { workspace: workspace.name, days: definition.pending_days }
  return {
    subject: '{{ data.subject }}',
    content: { kind: 'markdown' as const, source: sourceFor(topics.length) },
    data: {
      subject: t('mail_subject', facts),
      lead: t('mail_lead', facts),
      action: t('mail_action'),
      token,
      note: t('mail_note', facts),
      sender,
      ...Object.fromEntries(topics.map(({ name }, no) => [`topic_${no}`, name])),
    },
    locale: language,
  }
}

/** The same for everybody who is asked for as many topics, so that it is compiled once. */
const sourceFor = (topics: number) =>
  [
    '{{ data.lead }}',
    Array.from({ length: topics }, (_, no) => `- {{ data.topic_${no} }}`).join('\n'),
    `**[{{ data.action }}](${appUrl}/confirm/{{ data.token }})**`,
    '{{ data.note }}',
    '{{ data.sender }}',
  ].join('\n\n')
