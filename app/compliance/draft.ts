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
    locale: workspace.locale,
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
