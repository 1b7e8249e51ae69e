import { compose } from '@adonisjs/core/helpers'
import { FormSubmissionSchema } from '#database/schema'
import { OfWorkspace } from '#platform'
import type { Signal } from '../quarantine/signals.ts'

export const submissionStates = [
  'pending',
  'granted',
  'confirmed',
  'repeated',
  'suppressed',
  'doubtful',
  'rejected',
  'erased',
] as const
export type SubmissionState = (typeof submissionStates)[number]

/** What one visitor sent by one version of a form, and what became of it. */
export class FormSubmission extends compose(FormSubmissionSchema, OfWorkspace) {
  static table = 'form_submissions'

  declare state: SubmissionState
  declare topicIds: number[]
  declare signals: Partial<Record<Signal, number>>
  declare answers: Record<string, unknown>
}

/** Whose pace it keeps. An invented one has its address alone. */
export const mailboxOf = ({ emailHash, mailboxHash }: Pick<FormSubmission, 'emailHash' | 'mailboxHash'>): Buffer =>
  mailboxHash ?? emailHash
