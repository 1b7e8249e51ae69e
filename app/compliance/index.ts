/**
 * Compliance: review of a draft. Findings that block or warn, each with what to do about it. And retention: what was kept
 * long enough goes, each module letting go of its own.
 * Owns: retention_runs (what went when). For the rest it reads what the modules above know.
 */
export type { Check } from './check.ts'
export { editionInput, type Draft } from './draft.ts'
export { knownVariables } from './facts.ts'
export { enforceRetention, startRetention } from './retention/enforce_retention.ts'
export { reviewCampaign, type Review } from './review_campaign.ts'
