import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { Contact, createContact, readContact, updateContact } from '#contacts'
import { Problem, touch } from '#platform'
import { theReader, type Circumstances } from '../circumstances.ts'
import { FormSubmission } from '../models/form_submission.ts'
import { contactInput, MAY_MEASURE, presentFields, type Answers } from './answers.ts'
import { formOfSubmission, type ShownForm } from './form_of_slug.ts'
import { readConfirmToken } from './send_confirmation.ts'
import { recordMayMeasure, recordTopics } from './sign_up.ts'

export interface Confirmation {
  form: ShownForm
  submission: FormSubmission
  /** Over: too old, or its topics are no more. Whoever wants them signs up again. */
  isOver: boolean
}

/** What a link stands for, or null for one that is not ours or whose person was erased. Looking is counted, no more. */
export async function lookAtConfirmation(token: string): Promise<Confirmation | null> {
  const asked = readConfirmToken(token)
  if (!asked) return null
  const { rowCount } = await db.rawQuery(
    `update form_submissions s set looks = looks + 1 where workspace_id = ? and id = ? and state in ('pending', 'confirmed')
       and not exists (select from contacts c where c.workspace_id = s.workspace_id and c.id = s.contact_id and c.erased_at is not null)`,
    [asked.workspaceId, asked.submissionId]
  )
  if (!rowCount) return null
  return confirmationOf(
    await FormSubmission.of({ id: asked.workspaceId }).findOrFail(asked.submissionId),
    db.connection()
  )
}

/**
 * The owner of the address says yes, by pressing the button: each topic is granted in the words that were shown, with
 * where and when both was said, and what they told of themselves is theirs now. Again is the same.
 */
export async function confirmSignUp(
  token: string,
  circumstances: Circumstances,
  { mayMeasure = false }: { mayMeasure?: boolean } = {}
): Promise<Confirmation | null> {
  const asked = readConfirmToken(token)
  if (!asked) return null
  return db.transaction(async (trx) => {
    const submission = await FormSubmission.of({ id: asked.workspaceId }, { client: trx })
      .where('id', asked.submissionId)
      .whereIn('state', ['pending', 'confirmed'])
      .forUpdate()
      .first()
    if (!submission || (await isErased(submission, trx))) return null
    const confirmation = await confirmationOf(submission, trx)
    if (submission.state === 'pending' && !confirmation.isOver)
      await confirm(confirmation, { circumstances, mayMeasure, trx })
    return confirmation
  })
}

/** Erased, also where the sign-up has not heard of it yet. Taken, so that it cannot happen before we end. */
async function isErased({ workspaceId, contactId }: FormSubmission, trx: TransactionClientContract): Promise<boolean> {
  const { rows } = await trx.rawQuery(
    `select erased_at from contacts where workspace_id = ? and id = ? for no key update`,
    [workspaceId, contactId!]
  )
  return rows[0]?.erased_at instanceof Date
}

async function confirmationOf(submission: FormSubmission, client: any): Promise<Confirmation> {
  const form = await formOfSubmission(submission, client)
  const isLate = submission.state === 'pending' && submission.expiresAt!.toMillis() <= Date.now()
  return { form, submission, isOver: isLate || !form.topics.some(({ id }) => submission.topicIds.includes(id)) }
}

interface Saying {
  circumstances: Circumstances
  /** They ticked, on the page behind the link, that what they open and click may be noted. */
  mayMeasure?: boolean
  trx: TransactionClientContract
}

async function confirm({ form, submission }: Confirmation, { circumstances, mayMeasure, trx }: Saying) {
  const contact = await personOf(submission, { circumstances, trx })
  if (contact.id !== submission.contactId) {
    // The record that asked is gone; whoever has the address now asks, so that there is something to confirm.
    submission.contactId = contact.id
    const asked = { ip: submission.ip as string, userAgent: submission.userAgent }
    await recordTopics({ form, circumstances: asked, trx }, submission, 'request')
  }
  await recordTopics({ form, circumstances, trx }, submission, 'confirm')
  if (mayMeasure && asksToMeasure({ form, submission }))
    await recordMayMeasure({ form, circumstances, trx }, submission, 'consent_double_opt_in')
  await learn({ form, submission, contact }, { circumstances, trx })
  await trx.rawQuery(
    `update form_submissions set state = 'confirmed', contact_id = ?, confirmed_at = clock_timestamp(), confirmed_ip = ?,
       confirmed_agent = ?, answers = '{}' where workspace_id = ? and id = ?`,
    [contact.id, circumstances.ip, circumstances.userAgent, form.workspace.id, submission.id] as any[]
  )
  await touch(trx, form.workspace.id, ['forms', `forms/${form.id}`, 'contacts', `contacts/${contact.id}`])
}

/**
 * Whoever typed the address ticked the box. That may have been a stranger: its owner is asked once more, beside the button, and
 * only their tick counts.
 */
export const asksToMeasure = ({ form, submission }: Pick<Confirmation, 'form' | 'submission'>) =>
  form.definition.asks_tracking === true && submission.answers[MAY_MEASURE] === true

/** They may have been merged into another record since, or deleted: then the address brings them back. */
async function personOf(submission: FormSubmission, { circumstances, trx }: Saying): Promise<Contact> {
  const { workspaceId, contactId, emailHash } = submission
  const there = () => Contact.query({ client: trx }).where({ workspaceId }).whereNull('deletedAt')
  const known =
    (await there().where('id', contactId!).where('emailHash', emailHash).first()) ??
    (await there().where('emailHash', emailHash).first())
  if (known) return known
  const actor = theReader({ contactId: contactId! }, circumstances)
  return createContact({ workspaceId, input: { email: submission.email! }, origin: 'form', actor, trx })
}

/** What they told counts from now on; what no longer fits a field (it was changed meanwhile) is left out. */
async function learn(
  { form, submission, contact }: { form: ShownForm; submission: FormSubmission; contact: Contact },
  { circumstances, trx }: Saying
) {
  const workspaceId = form.workspace.id
  const known = new Set((await presentFields(workspaceId, form.definition.fields, trx)).map(({ name }) => name))
  // the pages that their mails lead to speak the language of the form, unless we know theirs
  const fitting: Answers = contact.locale ? {} : { locale: form.definition.language }
  for (const [name, value] of Object.entries(submission.answers)) {
    if (known.has(name) && (await fits(workspaceId, { [name]: value }, trx))) fitting[name] = value
  }
  if (Object.keys(fitting).length === 0) return
  const actor = theReader({ contactId: contact.id }, circumstances)
  await updateContact({ workspaceId, contact, input: contactInput(fitting), actor, trx })
}

async function fits(workspaceId: number, answer: Answers, trx: TransactionClientContract): Promise<boolean> {
  try {
    await readContact(workspaceId, contactInput(answer), trx)
    return true
  } catch (error) {
    if (error instanceof Problem) return false
    throw error
  }
}
