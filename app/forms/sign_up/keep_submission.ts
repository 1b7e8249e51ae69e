import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { FormSubmission, type SubmissionState } from '../models/form_submission.ts'
import type { Visit } from './sign_up.ts'

export interface Admission extends Visit {
  hash: Buffer
  mailbox: Buffer
  trx: TransactionClientContract
}

/** What was sent and what becomes of it. Of a suppressed address nothing is kept but the keyed hash that we have already. */
export async function keepSubmission(
  { form, signUp: { email, answers, topicIds }, circumstances, doubts, hash, mailbox, trx }: Admission,
  {
    state,
    contactId = null,
    expiresAfterDays = null,
  }: { state: SubmissionState; contactId?: number | null; expiresAfterDays?: number | null }
): Promise<FormSubmission> {
  const isKnown = state !== 'suppressed'
  const isWaiting = state === 'pending' || state === 'doubtful'
  const { rows } = await trx.rawQuery(
    `insert into form_submissions (workspace_id, form_id, version, state, contact_id, email, email_hash, mailbox_hash, answers, topic_ids,
       origin, ip, user_agent, score, signals, expires_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::bigint[], ?, ?, ?, ?, ?, now() + make_interval(days => ?::int)) returning id`,
    [
      form.workspace.id,
      form.id,
      form.version,
      state,
      contactId,
      isKnown ? email : null,
      hash,
      mailbox,
      JSON.stringify(isWaiting ? answers : {}),
      topicIds,
      circumstances.origin,
      isKnown ? circumstances.ip : null,
      isKnown ? circumstances.userAgent : null,
      doubts.score,
      JSON.stringify(doubts.signals),
      expiresAfterDays,
    ] as any[]
  )
  return FormSubmission.query({ client: trx }).where({ workspaceId: form.workspace.id, id: rows[0].id }).firstOrFail()
}

const A_FEW = 5

/** What changes nothing is written down five times a day for one address, not as often as somebody can post. */
export async function keepAFew(admission: Admission, state: 'suppressed' | 'repeated'): Promise<void> {
  const { form, hash, trx } = admission
  const { rows } = await trx.rawQuery(
    `select count(*) as kept from form_submissions
     where workspace_id = ? and email_hash = ? and state = ? and created_at > now() - interval '1 day'`,
    [form.workspace.id, hash, state] as any[]
  )
  if (rows[0].kept < A_FEW) await keepSubmission(admission, { state })
}
