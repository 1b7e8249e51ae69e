/**
 * Campaigns: write once, send once.
 * Owns: campaigns (drafts, and what became of them), recurring_campaigns, recurring_occurrences, recurring_feed_items.
 */
export { campaignsThatSend } from './campaigns_that_send.ts'
export { campaignsThatUse } from './campaigns_that_use.ts'
export { closeCampaign, settleCampaign, stopCampaign } from './listeners.ts'
export { createCampaign } from './keep_campaign.ts'
export { Campaign, campaignStatuses, type CampaignStatus } from './models/campaign.ts'
export { closeDueReconfirmations, reconfirmationClock, remindTheSilent } from './reconfirming/remind_and_close.ts'
export { askTheSilent } from './reconfirming/sunset_round.ts'
export { makeDueOccurrences, recurringClock } from './recurring/make_due_occurrences.ts'
export { sendCampaign } from './send_campaign.ts'
export { campaignClock, startDueCampaigns } from './start_due_campaigns.ts'
