import type { EditionInput, InvalidTemplate } from '#content'
import type { Workspace } from '#identity'
import type { Audience } from '#segments'

/** A campaign as it stands, in words that this module understands: it knows no campaign. */
export interface Draft {
  topicId: number | null
  channel: string
  audience: Audience
  from: { name: string; email: string }
  replyTo: string | null
  subject: string
  preheader: string
  content: EditionInput['content']
  text: string | null
  /** In which it is written (ISO 639-1); null: the workspace's. */
  language: string | null
  /** The same for readers of further languages, each with words of its own. */
  letters?: Draft[]
  tracking: { opens: boolean; clicks: boolean }
  utm: EditionInput['utm']
  /** It asks the people of a re-confirmation: until which day they may answer, as the letter says it. */
  asks?: { until: string }
  /** Why it cannot be made, where that was found before it is compiled. */
  problem?: InvalidTemplate
  /** Somebody sent exactly this to themselves. */
  isTested: boolean
}

/** A draft as content compiles it. */
export const editionInput = (
  draft: Draft,
  { workspace, topicName }: { workspace: Workspace; topicName: string }
): EditionInput => ({
  workspace: {
    name: workspace.name,
    postalAddress: workspace.postalAddress,
    timezone: workspace.timezone,
    locale: localeOf(draft, workspace),
  },
  topicName,
  from: draft.from,
  replyTo: draft.replyTo,
  subject: draft.subject,
  preheader: draft.preheader,
  content: draft.content,
  text: draft.text,
  tracking: draft.tracking,
  utm: draft.utm,
})

/** Dates and numbers in the language of the letter; as the workspace writes them where that is its own. */
const localeOf = ({ language }: Draft, { locale }: Workspace) =>
  language === null || locale.split(/[-_]/, 1)[0].toLowerCase() === language ? locale : language
