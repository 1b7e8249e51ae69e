import { compose } from '@adonisjs/core/helpers'
import { CapturedMessageSchema } from '#database/schema'
import { OfWorkspace } from '#platform'

/** A mail that stayed here, because no provider is set. */
export class CapturedMessage extends compose(CapturedMessageSchema, OfWorkspace) {
  static table = 'captured_messages'
}
