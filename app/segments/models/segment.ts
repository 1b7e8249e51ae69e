import { compose } from '@adonisjs/core/helpers'
import { SegmentSchema } from '#database/schema'
import { OfWorkspace } from '#platform'

/** A named way to pick people: its rule decides anew each time it is asked. */
export class Segment extends compose(SegmentSchema, OfWorkspace) {
  static table = 'segments'

  get isDeleted() {
    return this.deletedAt !== null
  }
}
