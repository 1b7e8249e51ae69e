import { compose } from '@adonisjs/core/helpers'
import { FormSchema } from '#database/schema'
import { OfWorkspace } from '#platform'

/** A page where strangers say that they want mail. What it shows is its version (form_versions). */
export class Form extends compose(FormSchema, OfWorkspace) {
  static table = 'forms'
}
