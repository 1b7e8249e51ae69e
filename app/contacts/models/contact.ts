import { compose } from '@adonisjs/core/helpers'
import { ContactSchema } from '#database/schema'
import { OfWorkspace } from '#platform'

/** A person we may know. That we know them says nothing about whether we may write to them: see #consent. */
export class Contact extends compose(ContactSchema, OfWorkspace) {
  static table = 'contacts'

  /** Those who are there: not deleted, merged or erased. */
  static present(workspace: { id: number }) {
    return this.of(workspace).whereNull('deleted_at')
  }

  get name() {
    return [this.firstName, this.lastName].filter(Boolean).join(' ')
  }
}
