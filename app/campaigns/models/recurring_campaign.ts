import { compose } from '@adonisjs/core/helpers'
import { RecurringCampaignSchema } from '#database/schema'
import { OfWorkspace } from '#platform'
import type { Calendar } from '../recurring/calendar.ts'

export type RecurringState = 'active' | 'paused' | 'ended'

/** A calendar that makes campaigns: what they are copies of, when each is meant for, and how it leaves. */
export class RecurringCampaign extends compose(RecurringCampaignSchema, OfWorkspace) {
  static table = 'recurring_campaigns'

  static present(...[workspace, options]: Parameters<typeof RecurringCampaign.of>) {
    return RecurringCampaign.of(workspace, options).whereNull('deleted_at')
  }

  get calendar(): Calendar {
    return {
      rule: this.rule,
      startsOn: this.startsOn.toISODate()!,
      time: this.localTime,
      timezone: this.timezone,
      skipped: (this.skipped ?? []) as Date[],
    }
  }
}
