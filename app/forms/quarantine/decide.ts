import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { audit, type Actor, type Workspace } from '#identity'
import { announce, touch } from '#platform'
import { SubmissionInOtherState } from '../errors.ts'
import { FormSubmission, mailboxOf, type SubmissionState } from '../models/form_submission.ts'
import { oneAtATime } from '../sign_up/address_standing.ts'
import { askOwner } from './ask_owner.ts'

export interface Decision {
  workspace: Workspace
  /** One that is there: whoever calls has found it in the workspace. */
  submission: Pick<FormSubmission, 'id' | 'emailHash' | 'mailboxHash'>
  actor: Actor
  trx: TransactionClientContract
}

/**
 * "This may be a person": the address gets its confirmation mail now, as it would have then. Nothing is agreed to by this;
 * also by a form without double opt-in its owner has to confirm. Again is the same, and no second mail.
 *
 * @throws SubmissionInOtherState (409) when somebody rejected it, or it never waited
 */
export async function approveSignUp({ reason = null, ...decision }: Decision & { reason?: string | null }) {
  const submission = await taken(decision)
  if (isApproved(submission)) return submission
  refuseUnless(submission, 'doubtful')
  const { workspace, actor, trx } = decision
  const state = await askOwner({ workspace, submission, trx })
  return judged(decision, { name: 'approved', state, reason: reason || null, by: actor.label })
}

/** "This was no person": nothing is sent, and it is forgotten after the days of the quarantine. @throws SubmissionInOtherState */
export async function rejectSignUp({ reason, ...decision }: Decision & { reason: string }) {
  const submission = await taken(decision)
  if (submission.state === 'rejected') return submission
  refuseUnless(submission, 'doubtful')
  return judged(decision, { name: 'rejected', state: 'rejected', reason, by: decision.actor.label })
}

/** A rejection is taken back: it waits again. An approval cannot be: the mail has left. @throws SubmissionInOtherState */
export async function reopenSignUp(decision: Decision) {
  const submission = await taken(decision)
  if (submission.state === 'doubtful') return submission
  refuseUnless(submission, 'rejected')
  return judged(decision, { name: 'reopened', state: 'doubtful', reason: null, by: null })
}

export const isApproved = ({ state, judgedAt }: Pick<FormSubmission, 'state' | 'judgedAt'>) =>
  judgedAt !== null && state !== 'rejected'

/** Two who decide at once, or a visitor who posts meanwhile, come one after the other. */
async function taken({ workspace, submission, trx }: Decision): Promise<FormSubmission> {
  const { id, emailHash: hash } = submission
  await oneAtATime({ workspaceId: workspace.id, hash, mailbox: mailboxOf(submission), trx })
  return FormSubmission.of(workspace, { client: trx }).where('id', id).forUpdate().firstOrFail()
}

function refuseUnless(submission: FormSubmission, state: SubmissionState) {
  if (submission.state === state) return
  const { judgedBy: by, judgedAt: at } = submission
  const verdict = submission.state === 'rejected' ? 'rejected' : 'approved'
  throw new SubmissionInOtherState(
    at ? `${by} ${verdict} it at ${at.toUTC().toISO()}.` : 'This sign-up does not wait for a decision.',
    { state: submission.state, judged_by: by, judged_at: at?.toUTC().toISO() ?? null }
  )
}

async function judged(
  { workspace, submission: { id }, actor, trx }: Decision,
  { name, state, reason, by }: { name: string; state: SubmissionState; reason: string | null; by: string | null }
): Promise<FormSubmission> {
  const workspaceId = workspace.id
  await trx.rawQuery(
    `update form_submissions set state = ?, judged_at = ${by === null ? 'null' : 'clock_timestamp()'}, judged_by = ?, judged_reason = ?
     where workspace_id = ? and id = ?`,
    [state, by, reason, workspaceId, id] as any[]
  )
  const after = await FormSubmission.of(workspace, { client: trx }).where('id', id).firstOrFail()
  const { formId, score, contactId } = after
  await audit(`sign_up.${name}`, {
    workspaceId,
    actor,
    subject: { type: 'form_submission', id },
    // the reason stays with the sign-up alone: it may name somebody, and goes with them
    details: { form_id: String(formId), score, signals: Object.keys(after.signals), state },
    trx,
  })
  const payload = { submission_id: id, form_id: formId, contact_id: contactId }
  await announce(`sign_up.${name}`, { workspaceId, payload, trx })
  await touch(trx, workspaceId, ['quarantine', 'forms', `forms/${formId}`, ...(contactId ? ['contacts'] : [])])
  return after
}
