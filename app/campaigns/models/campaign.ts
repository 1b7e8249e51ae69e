import { compose } from '@adonisjs/core/helpers'
import { CampaignSchema } from '#database/schema'
import { OfWorkspace } from '#platform'
import type { Words } from '../letters.ts'

export const campaignStatuses = [
  'draft',
  'scheduled',
  'sending',
  'paused',
  'sent',
  'sent_with_problems',
  'cancelled',
] as const
export type CampaignStatus = (typeof campaignStatuses)[number]

/** Written once, sent once: a draft, then what became of it. */
export class Campaign extends compose(CampaignSchema, OfWorkspace) {
  static table = 'campaigns'

  declare letters: Record<string, Words>

  /** Those who are there: not deleted. */
  static present(...[workspace, options]: Parameters<typeof Campaign.of>) {
    return Campaign.of(workspace, options).whereNull('deleted_at')
  }

  get isEditable() {
    return this.status === 'draft' || this.status === 'scheduled'
  }

  /** It asks the people of a re-confirmation; its reminder does not count as one. */
  get isQuestion() {
    return this.reconfirmationId !== null && this.audience.part !== 'reminder'
  }

  /** Somebody sent exactly this version to themselves. */
  get isTested() {
    return this.testedVersion === this.version
  }
}
