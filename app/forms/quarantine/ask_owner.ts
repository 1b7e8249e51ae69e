import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Workspace } from '#identity'
import { SubmissionInOtherState } from '../errors.ts'
import { mailboxOf, type FormSubmission, type SubmissionState } from '../models/form_submission.ts'
import { isRepeated, isSuppressed } from '../sign_up/address_standing.ts'
import { formOfSubmission, type ShownForm } from '../sign_up/form_of_slug.ts'
import { sendConfirmation } from '../sign_up/send_confirmation.ts'
import { recordTopics, theContact } from '../sign_up/sign_up.ts'

interface Approved {
  workspace: Workspace
  submission: FormSubmission
  trx: TransactionClientContract
}

/**
 * What would have happened at once, had nobody doubted: the same rules about who gets no mail, or not now; what the visitor
 * said counts from when they said it.
 *
 * @returns what the submission is from now on
 * @throws SubmissionInOtherState when nothing is left that could be agreed to
 */
export async function askOwner({ workspace, submission, trx }: Approved): Promise<SubmissionState> {
  const { topicIds, emailHash: hash } = submission
  const form = await formOfSubmission(submission, trx)
  if (!form.topics.some(({ id }) => topicIds.includes(id))) {
    throw new SubmissionInOtherState('The topics that they asked for are archived: there is nothing to confirm.')
  }
  const mailbox = mailboxOf(submission)
  const address = { workspaceId: workspace.id, hash, mailbox, trx }
  if (await isSuppressed(address)) return forget({ workspace, submission, trx })
  if (await isRepeated({ ...address, topicIds })) return 'repeated'
  await ask(form, { workspace, submission, trx })
  return 'pending'
}

async function ask(form: ShownForm, { workspace, submission, trx }: Approved) {
  const { id, emailHash: hash } = submission
  const email = submission.email!
  const circumstances = {
    ip: submission.ip as string,
    userAgent: submission.userAgent,
    occurredAt: submission.createdAt,
  }
  const contact = await theContact({ form, signUp: { email }, hash, circumstances, trx })
  submission.contactId = contact.id
  await trx.rawQuery(
    `update form_submissions set contact_id = ?, expires_at = now() + make_interval(days => ?::int)
     where workspace_id = ? and id = ?`,
    [contact.id, form.definition.pending_days, workspace.id, id]
  )
  await recordTopics({ form, circumstances, trx }, submission, 'request')
  await sendConfirmation({ form, submission, email, mailbox: mailboxOf(submission), trx })
}

/** As it would have been kept: the keyed hash alone. */
async function forget({ workspace, submission, trx }: Approved): Promise<SubmissionState> {
  await trx.rawQuery(
    `update form_submissions set email = null, answers = '{}', ip = null, user_agent = null where workspace_id = ? and id = ?`,
    [workspace.id, submission.id]
  )
  return 'suppressed'
}
