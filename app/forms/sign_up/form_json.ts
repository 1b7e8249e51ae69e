import { appUrl } from '#config/app'
import type { Form } from '../models/form.ts'
import type { FormSubmission } from '../models/form_submission.ts'
import { policyOf } from '../quarantine/policy.ts'
import type { FormDefinition } from './definition.ts'
import type { SignUps } from './sign_ups_of.ts'

/** A form as API.md shows it: its definition beside its name, the address of its page, and what came of it so far. */
export const formJson = (
  form: Form,
  { topic_ids: topicIds, ...definition }: FormDefinition,
  { lastAt, ...signUps }: SignUps
) => ({
  id: String(form.id),
  name: form.name,
  slug: form.slug,
  url: `${appUrl}/f/${form.slug}`,
  version: form.version,
  is_open: form.isOpen,
  doubts: policyOf(form.doubts),
  ...definition,
  topic_ids: topicIds.map(String),
  sign_ups: { ...signUps, last_at: lastAt?.toISOString() ?? null },
  created_at: form.createdAt.toUTC().toISO()!,
  updated_at: form.updatedAt.toUTC().toISO()!,
  deleted_at: form.deletedAt?.toUTC().toISO() ?? null,
})

/** `expired` is said at the moment of asking. */
export const submissionJson = (row: FormSubmission) => ({
  id: String(row.id),
  form_id: String(row.formId),
  version: row.version,
  state: row.state === 'pending' && row.expiresAt!.toMillis() <= Date.now() ? ('expired' as const) : row.state,
  contact_id: row.contactId === null ? null : String(row.contactId),
  email: row.email,
  topic_ids: row.topicIds.map(String),
  origin: row.origin,
  looks: row.looks,
  mailed_at: row.mailedAt?.toUTC().toISO() ?? null,
  mail_due_at: row.mailedAt ? null : (row.mailDueAt?.toUTC().toISO() ?? null),
  confirmed_at: row.confirmedAt?.toUTC().toISO() ?? null,
  expires_at: row.expiresAt?.toUTC().toISO() ?? null,
  created_at: row.createdAt.toUTC().toISO()!,
})
