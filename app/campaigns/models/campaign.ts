import { compose } from '@adonisjs/core/helpers'
import { CampaignSchema } from '#database/schema'
import { OfWorkspace } from '#platform'

export class Campaign extends compose(CampaignSchema, OfWorkspace) {
  static table = 'campaigns'
}
