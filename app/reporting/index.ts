/**
 * Reporting: read-only answers. It may read any table and writes none.
 * Every number says what is known: machine reactions stand apart from people's, a rate carries what it was counted of.
 */
export { campaignReport, type CampaignReport } from './campaign_report.ts'
export { campaignResults } from './campaign_results.ts'
export { contactTimeline } from './contact_timeline.ts'
export { workspaceOverview } from './workspace_overview.ts'
export { deliveryGauges } from './delivery_gauges.ts'
