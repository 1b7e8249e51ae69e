import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { acceptMessages } from '#delivery'
import { enqueue, readToken, signToken } from '#platform'
import { FormSubmission } from '../models/form_submission.ts'
import { ASKED_AT } from './address_standing.ts'
import { confirmationLetter } from './confirmation_letter.ts'
import { formOfSubmission, type ShownForm } from './form_of_slug.ts'

/** One mail an hour to one mailbox, however its address is written, whoever types it wherever: more would be a weapon. */
const HOUR_SECONDS = 3_600
const PURPOSE = 'confirm'

export interface Asked {
  workspaceId: number
  submissionId: number
}

/** The link of a confirmation never dies; whether the request still waits is another question. */
const confirmToken = ({ workspaceId, submissionId }: Asked) => signToken(PURPOSE, [workspaceId, submissionId])

export function readConfirmToken(token: string): Asked | null {
  const numbers = readToken(PURPOSE, token)
  return numbers?.length === 2 ? { workspaceId: numbers[0], submissionId: numbers[1] } : null
}

/** Asks the owner of an address whether it was them: now, or when the last such mail to their mailbox is an hour old. */
export async function sendConfirmation({
  form,
  submission,
  email,
  mailbox,
  trx,
}: {
  form: ShownForm
  submission: FormSubmission
  email: string
  mailbox: Buffer
  trx: TransactionClientContract
}) {
  const { rows } = await trx.rawQuery(
    `select ceil(extract(epoch from greatest(max(mailed_at), max(mail_due_at)) + interval '1 hour' - now()))::int as wait
     from form_submissions where workspace_id = ? and mailbox_hash = ? and id <> ? and ${ASKED_AT} > now() - interval '1 day'`,
    [form.workspace.id, mailbox, submission.id] as any[]
  )
  const wait = Math.min(Math.max(rows[0].wait ?? 0, 0), 5 * HOUR_SECONDS)
  if (wait === 0) return mail({ form, submission, email, trx })
  await trx.rawQuery(
    `update form_submissions set mail_due_at = now() + make_interval(secs => ?) where workspace_id = ? and id = ?`,
    [wait, form.workspace.id, submission.id]
  )
  const asked = { workspaceId: form.workspace.id, submissionId: submission.id }
  await enqueue('forms.confirm', asked, { trx, afterSeconds: wait })
}

/** The mail whose hour has come, unless the person has answered, or was erased, meanwhile. Again is the same mail. */
export async function sendDueConfirmation({ workspaceId, submissionId }: Asked): Promise<void> {
  await db.transaction(async (trx) => {
    const submission = await FormSubmission.of({ id: workspaceId }, { client: trx })
      .where({ id: submissionId, state: 'pending' })
      .whereNull('mailedAt')
      .forUpdate()
      .first()
    const form = submission?.email ? await formOfSubmission(submission, trx) : null
    if (form) await mail({ form, submission: submission!, email: submission!.email!, trx })
  })
}

interface Mail {
  form: ShownForm
  submission: FormSubmission
  email: string
  trx: TransactionClientContract
}

/** Whoever is invented reads no mail, and none leaves for them. */
async function mail(it: Mail) {
  if (!it.submission.demo) await post(it)
  await it.trx.rawQuery(`update form_submissions set mailed_at = now() where workspace_id = ? and id = ?`, [
    it.form.workspace.id,
    it.submission.id,
  ])
}

async function post({ form, submission, email, trx }: Mail) {
  const { workspace } = form
  const topics = form.topics.filter(({ id }) => submission.topicIds.includes(id))
  const token = confirmToken({ workspaceId: workspace.id, submissionId: submission.id })
  await acceptMessages(
    workspace,
    [
      {
        ...confirmationLetter(form, { topics, token }),
        contact_id: submission.contactId!,
        to: email,
        // a blank, which no program's key has: nobody can take it first
        idempotency_key: `form confirmation ${submission.id}`,
      },
    ],
    { isList: false, trx }
  )
}
