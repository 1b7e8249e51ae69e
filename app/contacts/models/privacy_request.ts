import { compose } from '@adonisjs/core/helpers'
import { PrivacyRequestSchema } from '#database/schema'
import { OfWorkspace } from '#platform'

export const requestKinds = ['access', 'portability', 'erasure', 'objection', 'restriction'] as const
export type RequestKind = (typeof requestKinds)[number]

/** What somebody asks for by right (GDPR art. 15, 17, 18, 20, 21), until it is done or refused. */
export class PrivacyRequest extends compose(PrivacyRequestSchema, OfWorkspace) {
  static table = 'privacy_requests'

  declare kind: RequestKind
  declare state: 'unconfirmed' | 'open' | 'done' | 'refused'
  declare outcome: Record<string, unknown>

  /** Nobody has done or refused it yet. */
  get isOpen() {
    return this.state === 'open' || this.state === 'unconfirmed'
  }
}
