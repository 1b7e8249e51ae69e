import { compose } from '@adonisjs/core/helpers'
import { TagSchema } from '#database/schema'
import { OfWorkspace } from '#platform'

/** A word that people are filed under. Upper and lower case are the same tag. */
export class Tag extends compose(TagSchema, OfWorkspace) {
  static table = 'tags'
}
