import { compose } from '@adonisjs/core/helpers'
import { ContactFieldSchema } from '#database/schema'
import { OfWorkspace } from '#platform'

/** A custom field: `attributes.city` exists for everybody once it is defined here, with a type that its values keep. */
export class ContactField extends compose(ContactFieldSchema, OfWorkspace) {
  static table = 'contact_fields'
}
