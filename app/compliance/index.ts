/**
 * Compliance: review of a draft. Findings that block or warn, each with what to do about it.
 * Owns nothing: it reads what the modules above know.
 */
export type { Check } from './check.ts'
export { editionInput, type Draft } from './draft.ts'
export { knownVariables } from './facts.ts'
export { reviewCampaign, type Review } from './review_campaign.ts'
