import { compose } from '@adonisjs/core/helpers'
import { TopicSchema } from '#database/schema'
import { OfWorkspace } from '#platform'

/** What people agree to: "Weekly specials", "Opening hours". Consent is always for one topic on one channel. */
export class Topic extends compose(TopicSchema, OfWorkspace) {
  static table = 'topics'

  /** At most so many campaigns about it to one person in so many days. */
  get frequencyCap() {
    return this.capMails === null || this.capDays === null ? null : { mails: this.capMails, days: this.capDays }
  }

  get isActive() {
    return this.archivedAt === null
  }
}
