import { compose } from '@adonisjs/core/helpers'
import { ReconfirmationSchema } from '#database/schema'
import { OfWorkspace } from '#platform'

export type ReconfirmationKind = 'weak_proof' | 'sunset'
export type ReconfirmationState = 'draft' | 'asking' | 'closed' | 'cancelled'
/** What becomes of who does not answer. */
export const silences = ['keep', 'rest', 'withdraw'] as const
export type Silence = (typeof silences)[number]

/** A question to people who get mails about a topic: do you still want them? */
export class Reconfirmation extends compose(ReconfirmationSchema, OfWorkspace) {
  static table = 'reconfirmations'

  declare kind: ReconfirmationKind
  declare state: ReconfirmationState
  declare silence: Silence
  declare wordings: Record<string, { id: number; version: number }>
}
