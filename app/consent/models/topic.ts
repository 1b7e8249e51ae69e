import { compose } from '@adonisjs/core/helpers'
import { TopicSchema } from '#database/schema'
import { OfWorkspace } from '#platform'

/** What people agree to: "Weekly specials", "Opening hours". Consent is always for one topic on one channel. */
export class Topic extends compose(TopicSchema, OfWorkspace) {
  static table = 'topics'

  get isActive() {
    return this.archivedAt === null
  }
}
