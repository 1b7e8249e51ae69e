import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { DateTime } from 'luxon'
import { addressHash, addressKey, mailboxKey, recordConsent, recordTracking, trackingOfPerson } from '#consent'
import { Contact, createContact, updateContact } from '#contacts'
import type { Actor } from '#identity'
import { touch } from '#platform'
import { theReader, type Circumstances } from '../circumstances.ts'
import type { FormSubmission } from '../models/form_submission.ts'
import { hold } from '../quarantine/hold.ts'
import type { Doubts } from '../quarantine/signals.ts'
import { isRepeated, isSuppressed, oneAtATime } from './address_standing.ts'
import { contactInput, MAY_MEASURE, type SignUp } from './answers.ts'
import { mayMeasureWords, statementFor, type ShownForm } from './form_of_slug.ts'
import { keepAFew, keepSubmission, type Admission } from './keep_submission.ts'
import { sendConfirmation } from './send_confirmation.ts'

export interface Visit {
  form: ShownForm
  signUp: SignUp
  circumstances: Circumstances & { origin: string | null }
  doubts: Doubts
}

/**
 * Somebody typed an address: perhaps their own. Whoever it belongs to is asked by one mail, and until they confirm
 * nothing but their request is written down. What is answered is the same for everybody; what happens is not:
 *   suppressed, or restricted   nothing is sent, and nothing of them is kept but the keyed hash that we have already;
 *   asked before, within the hour and for the same topics   no second mail;
 *   doubtful     waits for a person of the team (../quarantine): nobody is written to, nobody becomes a contact;
 *   asked before, for others, or under another spelling of their address   their mail waits until the hour is over (no list bombing);
 *   without double opt-in      agreed at once, but for those who ever left: they are asked.
 */
export async function signUp({ form, signUp: given, circumstances, doubts }: Visit): Promise<void> {
  const workspaceId = form.workspace.id
  const key = addressKey(given.email)
  const [hash, mailbox] = [key, mailboxKey(key)].map((one) => addressHash(workspaceId, one))
  await db.transaction(async (trx) => {
    const address = { workspaceId, hash, mailbox, trx }
    await oneAtATime(address)
    const visit = { form, signUp: given, circumstances, doubts, hash, mailbox, trx }
    if (await isSuppressed(address)) return keepAFew(visit, 'suppressed')
    if (await isRepeated({ ...address, topicIds: given.topicIds })) return keepAFew(visit, 'repeated')
    if (doubts.verdict === 'doubtful') return hold(visit)
    await admit(visit)
    await touch(trx, workspaceId, ['forms', `forms/${form.id}`, 'contacts'])
  })
}

async function admit(visit: Admission) {
  const { form, signUp: given, mailbox, trx } = visit
  const contact = await theContact(visit)
  if (!(await mustConfirm(visit, contact.id))) {
    const submission = await keepSubmission(visit, { state: 'granted', contactId: contact.id })
    await recordTopics(visit, submission, 'grant')
    await allowUnlessRefused(visit, submission)
    await fillIn(visit, contact)
    return
  }
  const submission = await keepSubmission(visit, {
    state: 'pending',
    contactId: contact.id,
    expiresAfterDays: form.definition.pending_days,
  })
  await recordTopics(visit, submission, 'request')
  await sendConfirmation({ form, submission, email: given.email, mailbox, trx })
}

/** The person with this address; a new one is known by it alone until they confirm what else was typed. */
export async function theContact({
  form,
  signUp: { email },
  hash,
  circumstances,
  trx,
}: Pick<Admission, 'form' | 'hash' | 'trx'> & {
  signUp: { email: string }
  circumstances: Circumstances
}): Promise<Contact> {
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
  {
    form,
    circumstances,
    trx,
  }: {
    form: ShownForm
    /** `occurredAt`: when it was said, if that was not now. */
    circumstances: Circumstances & { occurredAt?: DateTime }
    trx: TransactionClientContract
  },
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
      occurredAt: circumstances.occurredAt,
      actor: theReader({ contactId: submission.contactId! }, circumstances),
      trx,
    })
  }
}
