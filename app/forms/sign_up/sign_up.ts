import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { addressHash, addressKey, recordConsent, recordTracking, restrictionOf, trackingOfPerson } from '#consent'
import { Contact, createContact, updateContact } from '#contacts'
import type { Actor } from '#identity'
import { touch } from '#platform'
import { theReader, type Circumstances } from '../circumstances.ts'
import { FormSubmission } from '../models/form_submission.ts'
import { contactInput, MAY_MEASURE, type SignUp } from './answers.ts'
import { sendConfirmation } from './send_confirmation.ts'
import { mayMeasureWords, statementFor, type ShownForm } from './form_of_slug.ts'

export interface Visit {
  form: ShownForm
  signUp: SignUp
  circumstances: Circumstances & { origin: string | null }
}

/**
 * Somebody typed an address: perhaps their own. Whoever it belongs to is asked by one mail, and until they confirm
 * nothing but their request is written down. What is answered is the same for everybody; what happens is not:
 *   suppressed, or restricted   nothing is sent, and nothing of them is kept but the keyed hash that we have already;
 *   asked before, within the hour and for the same topics   no second mail;
 *   asked before, for others   their mail waits until the hour is over (no list bombing);
 *   without double opt-in      agreed at once, but for those who ever left: they are asked.
 */
export async function signUp({ form, signUp: given, circumstances }: Visit): Promise<void> {
  const workspaceId = form.workspace.id
  const hash = addressHash(workspaceId, addressKey(given.email))
  await db.transaction(async (trx) => {
    await oneAtATime(hash, trx)
    const visit = { form, signUp: given, circumstances, hash, trx }
    if (await isSuppressed(workspaceId, hash, trx)) return void (await keep(visit, { state: 'suppressed' }))
    if (await isRepeated(visit)) return void (await keep(visit, { state: 'repeated' }))
    await admit(visit)
    await touch(trx, workspaceId, ['forms', `forms/${form.id}`, 'contacts'])
  })
}

interface Admission extends Visit {
  hash: Buffer
  trx: TransactionClientContract
}

async function admit(visit: Admission) {
  const { form, signUp: given, hash, trx } = visit
  const contact = await theContact(visit)
  if (!(await mustConfirm(visit, contact.id))) {
    const submission = await keep(visit, { state: 'granted', contactId: contact.id })
    await recordTopics(visit, submission, 'grant')
    await allowUnlessRefused(visit, submission)
    await fillIn(visit, contact)
    return
  }
  const submission = await keep(visit, {
    state: 'pending',
    contactId: contact.id,
    expiresAfterDays: form.definition.pending_days,
  })
  await recordTopics(visit, submission, 'request')
  await sendConfirmation({ form, submission, email: given.email, hash, trx })
}

/** Two posts for one address come one after the other. */
const oneAtATime = (hash: Buffer, trx: TransactionClientContract) =>
  trx.rawQuery(`select pg_advisory_xact_lock(hashtextextended(?, 0))`, [`sign-up:${hash.toString('hex')}`])

/** Also who is restricted: what is kept of them is not used, and nothing is added. */
async function isSuppressed(workspaceId: number, hash: Buffer, trx: TransactionClientContract) {
  const suppression = await trx
    .from('suppressions')
    .where({ workspace_id: workspaceId, channel: 'email', address_hash: hash })
    .first()
  if (suppression) return true
  const contact = await trx
    .from('contacts')
    .where({ workspace_id: workspaceId, email_hash: hash })
    .whereNull('deleted_at')
    .select('id')
    .first()
  return (await restrictionOf({ workspaceId, contactId: contact?.id ?? 0, emailHash: hash, client: trx })) !== null
}

const MAILS_A_DAY = 5

/** Asked within the hour for nothing more than before, or too often today: one mail said it. */
async function isRepeated({ form, signUp: { topicIds }, hash, trx }: Admission): Promise<boolean> {
  const { rows } = await trx.rawQuery(
    `select count(*) as today,
       bool_or(topic_ids @> ?::bigint[] and created_at > now() - interval '1 hour') as is_said
     from form_submissions
     where workspace_id = ? and email_hash = ? and state = 'pending' and created_at > now() - interval '1 day'`,
    [topicIds, form.workspace.id, hash] as any[]
  )
  return rows[0].is_said === true || rows[0].today >= MAILS_A_DAY
}

/** The person with this address; a new one is known by it alone until they confirm what else was typed. */
async function theContact({ form, signUp: { email }, hash, circumstances, trx }: Admission): Promise<Contact> {
  const workspaceId = form.workspace.id
  const known = await Contact.query({ client: trx })
    .where({ workspaceId, emailHash: hash })
    .whereNull('deletedAt')
    .first()
  return known ?? createContact({ workspaceId, input: { email }, origin: 'form', actor: visitor(circumstances), trx })
}

async function mustConfirm({ form, signUp: { topicIds }, trx }: Admission, contactId: number): Promise<boolean> {
  if (form.definition.double_opt_in) return true
  if (form.topics.some(({ id, doubleOptIn }) => doubleOptIn && topicIds.includes(id))) return true
  const { rows } = await trx.rawQuery(
    `select exists (select from consent_chains c where c.workspace_id = ? and array_remove(c.withdrawn, 'tracking:0') <> '{}' and (c.contact_id = ?
       or c.contact_id in (select f.contact_id from former_addresses f join contacts p
         on p.workspace_id = f.workspace_id and p.id = ? and p.email_hash = f.address_hash where f.workspace_id = ?))) as left_before`,
    [form.workspace.id, contactId, contactId, form.workspace.id]
  )
  return rows[0].left_before
}

/** Without a confirmation nobody has proved whose record it is: what is there stays, what is missing may come. */
async function fillIn({ form, signUp: given, circumstances, trx }: Admission, contact: Contact) {
  const known: Record<string, unknown> = { ...contact.serialize() }
  const attributes = contact.attributes as Record<string, unknown>
  const answers = { locale: form.definition.language, ...given.answers }
  const missing = Object.entries(answers).filter(([name]) =>
    name.startsWith('attributes.')
      ? attributes[name.slice('attributes.'.length)] === undefined
      : (known[camel(name)] ?? null) === null
  )
  if (missing.length === 0) return
  const actor = theReader({ contactId: contact.id }, circumstances)
  const input = contactInput(Object.fromEntries(missing))
  await updateContact({ workspaceId: form.workspace.id, contact, input, actor, trx })
}
const camel = (name: string) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase())

const visitor = ({ ip, userAgent }: Circumstances): Actor => ({
  kind: 'person',
  id: null,
  label: 'A visitor of a form',
  ip,
  userAgent,
})

/** Nobody has proved whose address it is: what its owner once refused stays refused. */
async function allowUnlessRefused({ form, signUp: { answers }, ...said }: Admission, submission: FormSubmission) {
  const of = { workspaceId: form.workspace.id, contactId: submission.contactId!, client: said.trx }
  if (!answers[MAY_MEASURE] || (await trackingOfPerson(of)).status !== 'none') return
  await recordMayMeasure({ form, ...said }, submission, 'consent_express')
}

/** They allow that it is noted what they open and click, in the words beside the box. */
export async function recordMayMeasure(
  { form, circumstances, trx }: { form: ShownForm; circumstances: Circumstances; trx: TransactionClientContract },
  { id, contactId }: Pick<FormSubmission, 'id' | 'contactId'>,
  basis: 'consent_express' | 'consent_double_opt_in'
) {
  await recordTracking({
    workspaceId: form.workspace.id,
    people: [contactId!],
    action: 'grant',
    basis,
    statement: mayMeasureWords(form),
    language: form.definition.language,
    source: `form “${form.name}”`,
    sourceKind: 'form',
    sourceRef: `form:${form.id}:version:${form.version}:submission:${id}`,
    ...circumstances,
    actor: theReader({ contactId: contactId! }, circumstances),
    trx,
  })
}

/** What somebody asked for, or agreed to, topic by topic, in the words they saw. */
export async function recordTopics(
  { form, circumstances, trx }: { form: ShownForm; circumstances: Circumstances; trx: TransactionClientContract },
  submission: Pick<FormSubmission, 'id' | 'contactId' | 'topicIds'>,
  action: 'request' | 'confirm' | 'grant'
) {
  for (const topic of form.topics.filter(({ id }) => submission.topicIds.includes(id))) {
    await recordConsent({
      workspaceId: form.workspace.id,
      people: [submission.contactId!],
      channel: 'email',
      topicId: topic.id,
      action,
      basis: action === 'grant' ? 'consent_express' : 'consent_double_opt_in',
      statement: statementFor(form, topic),
      statementVersion: `form-${form.id}-wording-${form.definition.wording.version}`,
      language: form.definition.language,
      source: `form “${form.name}”`,
      sourceKind: 'form',
      sourceRef: `form:${form.id}:version:${form.version}:submission:${submission.id}`,
      ip: circumstances.ip,
      userAgent: circumstances.userAgent,
      actor: theReader({ contactId: submission.contactId! }, circumstances),
      trx,
    })
  }
}

async function keep(
  { form, signUp: { email, answers, topicIds }, circumstances, hash, trx }: Admission,
  {
    state,
    contactId = null,
    expiresAfterDays = null,
  }: { state: FormSubmission['state']; contactId?: number | null; expiresAfterDays?: number | null }
): Promise<FormSubmission> {
  const isKnown = state !== 'suppressed'
  const { rows } = await trx.rawQuery(
    `insert into form_submissions (workspace_id, form_id, version, state, contact_id, email, email_hash, answers, topic_ids,
       origin, ip, user_agent, expires_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?::bigint[], ?, ?, ?, now() + make_interval(days => ?::int)) returning id`,
    [
      form.workspace.id,
      form.id,
      form.version,
      state,
      contactId,
      isKnown ? email : null,
      hash,
      JSON.stringify(state === 'pending' ? answers : {}),
      topicIds,
      circumstances.origin,
      isKnown ? circumstances.ip : null,
      isKnown ? circumstances.userAgent : null,
      expiresAfterDays,
    ] as any[]
  )
  return FormSubmission.query({ client: trx }).where({ workspaceId: form.workspace.id, id: rows[0].id }).firstOrFail()
}
