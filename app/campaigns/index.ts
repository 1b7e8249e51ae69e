export { Campaign } from './models/campaign.ts'
