import db from '@adonisjs/lucid/services/db'
import {
  consentLedger,
  consentState,
  formerAddresses,
  restJson,
  restsOf,
  trackingOfPerson,
  wishesOf,
  wishJson,
  type LedgerEntry,
} from '#consent'
import { contactsJson } from './contact_json.ts'
import { Contact } from './models/contact.ts'
import { restrictionJson, restrictionOfContact } from './privacy/restriction.ts'

/**
 * Everything that is kept about a person (GDPR art. 15 and 20), for them to take away: also under records that were merged into
 * theirs, and under addresses that they had before. What they were sent and how they
 * reacted, and what they sent by forms, is read from tables of modules below: by SELECT only.
 */
export async function exportContact({
  workspaceId,
  contact,
  namesTheTeam = true,
}: {
  workspaceId: number
  contact: Contact
  /** Who of the team did something, too. */
  namesTheTeam?: boolean
}) {
  const merged = await mergedInto(contact)
  const of = { workspaceId, ids: [contact.id, ...merged.map(({ id }) => id)] }
  const addresses = await addressesOf(workspaceId, of.ids)
  const hashes = [contact.emailHash, ...addresses.map(({ hash }) => hash)].filter((hash) => hash !== null)
  const [[json, ...others], consents, restriction] = await Promise.all([
    contactsJson(workspaceId, [contact, ...merged]),
    consentsOf(workspaceId, { contact, merged, namesTheTeam }),
    restrictionOfContact(contact),
  ])
  return {
    exported_at: new Date().toISOString(),
    contact: { ...json, origin: contact.origin },
    merged_records: others,
    former_addresses: addresses.flatMap(({ address }) => (address === null ? [] : [{ address }])),
    consents,
    restriction: restrictionJson(restriction),
    suppressions: await suppressionsOf(workspaceId, hashes),
    messages: await messagesTo(of),
    service_messages: await serviceMessagesTo(of),
    engagements: await engagementsOf(of),
    bounces: await bouncesOf(of),
    sign_ups: await signUpsOf({ ...of, hashes }),
    imported: await importedOf(of),
    history: await historyOf(of, namesTheTeam),
    privacy_requests: await requestsOf(of),
  }
}

interface Records {
  workspaceId: number
  /** Their own record and those that were merged into it. */
  ids: number[]
}

async function mergedInto({ workspaceId, id }: Contact): Promise<Contact[]> {
  const { rows } = await db.rawQuery(
    `with recursive theirs as (
       select id from contacts where workspace_id = ? and merged_into = ?
       union
       select c.id from contacts c join theirs t on c.merged_into = t.id where c.workspace_id = ?
     ) select id from theirs`,
    [workspaceId, id, workspaceId]
  )
  const ids = rows.map((row: { id: number }) => row.id)
  return Contact.query().where({ workspaceId }).whereIn('id', ids).orderBy('id')
}

const addressesOf = async (workspaceId: number, ids: number[]) =>
  (await Promise.all(ids.map((contactId) => formerAddresses({ workspaceId, contactId })))).flat()

const THE_TEAM = 'the team'

async function consentsOf(
  workspaceId: number,
  { contact, merged, namesTheTeam }: { contact: Contact; merged: Contact[]; namesTheTeam: boolean }
) {
  const of = { workspaceId, contactId: contact.id }
  const [state, ledger, wishes, rests, questions, tracking] = await Promise.all([
    consentState({ ...of, emailHash: contact.emailHash }),
    Promise.all([contact, ...merged].map(({ id }) => ledgerOf({ workspaceId, contactId: id }, namesTheTeam))),
    wishesOf(of),
    restsOf({ ...of, client: db }),
    rowsOf(
      `select reconfirmation_id::text, topic_id::text, state, reason, late_answer, chosen_at, answered_at
       from reconfirmation_people where workspace_id = ? and contact_id = ? order by reconfirmation_id`,
      [workspaceId, contact.id]
    ),
    trackingOfPerson(of),
  ])
  return { state, ledger: ledger.flat(), wishes: wishes.map(wishJson), rests: rests.map(restJson), questions, tracking }
}

async function ledgerOf(of: { workspaceId: number; contactId: number }, namesTheTeam: boolean) {
  const entries = await consentLedger(of)
  const isTheirs = ({ source_kind: kind }: LedgerEntry) => kind === 'team' || kind === 'api' || kind === 'import'
  return namesTheTeam ? entries : entries.map((one) => (isTheirs(one) ? { ...one, actor: THE_TEAM } : one))
}

const suppressionsOf = (workspaceId: number, hashes: Buffer[]) =>
  rowsOf(
    `select channel, address, reason, note, source, created_at from suppressions
     where workspace_id = ? and address_hash = any(?::bytea[]) order by id`,
    [workspaceId, hashes]
  )

const messagesTo = ({ workspaceId, ids }: Records) =>
  rowsOf(
    `select m.campaign_id::text, m.state, m.reason, m.email, m.sealed_at, m.accepted_at, m.delivered_at, m.unsubscribed_at,
       m.opens_measured, m.clicks_measured,
       (select person->'merge' from jsonb_array_elements(b.sealed) as person where (person->>'id')::bigint = m.contact_id) as merge
     from messages m left join batches b on b.workspace_id = m.workspace_id and b.id = m.batch_id
     where m.workspace_id = ? and m.contact_id = any(?::bigint[]) order by m.sealed_at`,
    [workspaceId, ids]
  )

const serviceMessagesTo = ({ workspaceId, ids }: Records) =>
  rowsOf(
    `select id::text, state, reason, email, subject, created_at, sealed_at, accepted_at, delivered_at
     from service_messages where workspace_id = ? and contact_id = any(?::bigint[]) order by id`,
    [workspaceId, ids]
  )

const engagementsOf = ({ workspaceId, ids }: Records) =>
  rowsOf(
    `select campaign_id::text, kind, link_no, verdict, rule, user_agent, occurred_at
     from engagements where workspace_id = ? and contact_id = any(?::bigint[]) order by occurred_at`,
    [workspaceId, ids]
  )

const bouncesOf = ({ workspaceId, ids }: Records) =>
  rowsOf(
    `select campaign_id::text, class, words, at from bounces
     where workspace_id = ? and contact_id = any(?::bigint[]) order by id`,
    [workspaceId, ids]
  )

/** Also what waits under their address without being theirs: nobody has confirmed it. */
const signUpsOf = ({ workspaceId, ids, hashes }: Records & { hashes: Buffer[] }) =>
  rowsOf(
    `select form_id::text, version, state, email, answers, topic_ids::text[], origin, host(ip) as ip, user_agent, created_at,
       mailed_at, confirmed_at, host(confirmed_ip) as confirmed_ip, confirmed_agent, score, signals, judged_at, judged_by,
       judged_reason
     from form_submissions where workspace_id = ? and (contact_id = any(?::bigint[])
       or (email_hash = any(?::bytea[]) and contact_id is null)) order by id`,
    [workspaceId, ids, hashes]
  )

/** From which files they came (art. 15(1)(g)), and what these said. */
const importedOf = ({ workspaceId, ids }: Records) =>
  rowsOf(
    `select i.file_name, r.line, r.raw, r.before, r.after, coalesce(i.finished_at, i.created_at) as at from import_rows r
     join imports i on i.workspace_id = r.workspace_id and i.id = r.import_id
     where r.workspace_id = ? and r.contact_id = any(?::bigint[]) order by r.import_id, r.line`,
    [workspaceId, ids]
  )

const historyOf = ({ workspaceId, ids }: Records, namesTheTeam: boolean) =>
  rowsOf(
    `select action, case when actor_kind in ('user', 'token') and not ? then ? else actor_label end as actor, details, created_at
     from audit_entries where workspace_id = ? and subject_type = 'contact' and subject_id = any(?::text[]) order by id`,
    [namesTheTeam, THE_TEAM, workspaceId, ids.map(String)]
  )

const requestsOf = ({ workspaceId, ids }: Records) =>
  rowsOf(
    `select kind, state, channel, received_on::text, due_on::text, settled_at from privacy_requests
     where workspace_id = ? and contact_id = any(?::bigint[]) order by id`,
    [workspaceId, ids]
  )

const rowsOf = async (sql: string, bindings: unknown[]) =>
  (await db.rawQuery(sql, bindings as any[])).rows as Record<string, unknown>[]
