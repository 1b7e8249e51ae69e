import type { Draft } from '#compliance'
import type { Campaign } from './models/campaign.ts'

/** A campaign in the words of the review and of content. */
export const draftOf = (campaign: Campaign, { asksUntil }: { asksUntil?: string } = {}): Draft => ({
  topicId: campaign.topicId,
  channel: campaign.channel,
  audience: campaign.audience,
  from: { name: campaign.fromName, email: campaign.fromEmail },
  replyTo: campaign.replyTo,
  subject: campaign.subject,
  preheader: campaign.preheader,
  content: campaign.content,
  text: campaign.text,
  language: campaign.language,
  tracking: campaign.tracking,
  utm: campaign.utm,
  isTested: campaign.isTested,
  ...(asksUntil && { asks: { until: asksUntil } }),
})
