import db from '@adonisjs/lucid/services/db'
import {
  consentLedger,
  consentState,
  restJson,
  restsOf,
  trackingOfPerson,
  wishesOf,
  wishJson,
  type LedgerEntry,
} from '#consent'
import { contactsJson } from './contact_json.ts'
import type { Contact } from './models/contact.ts'
import { restrictionJson, restrictionOfContact } from './privacy/restriction.ts'

/**
 * Everything that is kept about a person (GDPR art. 15 and 20), for them to take away. What they were sent and how they
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
  const [
    [json],
    consents,
    restriction,
    suppressions,
    messages,
    serviceMessages,
    engagements,
    signUps,
    history,
    requests,
  ] = await Promise.all([
    contactsJson(workspaceId, [contact]),
    consentsOf(workspaceId, contact, namesTheTeam),
    restrictionOfContact(contact),
    suppressionsOf(workspaceId, contact),
    messagesTo(workspaceId, contact),
    serviceMessagesTo(workspaceId, contact),
    engagementsOf(workspaceId, contact),
    signUpsOf(workspaceId, contact),
    historyOf(workspaceId, contact, namesTheTeam),
    requestsOf(workspaceId, contact),
  ])
  return {
    exported_at: new Date().toISOString(),
    contact: { ...json, origin: contact.origin },
    consents,
    restriction: restrictionJson(restriction),
    suppressions,
    messages,
    service_messages: serviceMessages,
    engagements,
    sign_ups: signUps,
    history,
    privacy_requests: requests,
  }
}

const THE_TEAM = 'the team'

async function consentsOf(workspaceId: number, contact: Contact, namesTheTeam: boolean) {
  const of = { workspaceId, contactId: contact.id }
  const [state, ledger, wishes, rests, questions, tracking] = await Promise.all([
    consentState({ ...of, emailHash: contact.emailHash }),
    ledgerOf(of, namesTheTeam),
    wishesOf(of),
    restsOf({ ...of, client: db }),
    rowsOf(
      `select reconfirmation_id::text, topic_id::text, state, reason, late_answer, chosen_at, answered_at
       from reconfirmation_people where workspace_id = ? and contact_id = ? order by reconfirmation_id`,
      [workspaceId, contact.id]
    ),
    trackingOfPerson(of),
  ])
  return { state, ledger, wishes: wishes.map(wishJson), rests: rests.map(restJson), questions, tracking }
}

async function ledgerOf(of: { workspaceId: number; contactId: number }, namesTheTeam: boolean) {
  const entries = await consentLedger(of)
  const isTheirs = ({ source_kind: kind }: LedgerEntry) => kind === 'team' || kind === 'api' || kind === 'import'
  return namesTheTeam ? entries : entries.map((one) => (isTheirs(one) ? { ...one, actor: THE_TEAM } : one))
}

const suppressionsOf = (workspaceId: number, { emailHash }: Contact) =>
  rowsOf(
    `select channel, address, reason, note, source, created_at from suppressions
     where workspace_id = ? and address_hash = ?`,
    [workspaceId, emailHash]
  )

const messagesTo = (workspaceId: number, { id }: Contact) =>
  rowsOf(
    `select m.campaign_id::text, m.state, m.reason, m.email, m.sealed_at, m.accepted_at, m.delivered_at, m.unsubscribed_at,
       m.opens_measured, m.clicks_measured,
       (select person->'merge' from jsonb_array_elements(b.sealed) as person where (person->>'id')::bigint = m.contact_id) as merge
     from messages m left join batches b on b.workspace_id = m.workspace_id and b.id = m.batch_id
     where m.workspace_id = ? and m.contact_id = ? order by m.sealed_at`,
    [workspaceId, id]
  )

const serviceMessagesTo = (workspaceId: number, { id }: Contact) =>
  rowsOf(
    `select id::text, state, reason, email, subject, created_at, sealed_at, accepted_at, delivered_at
     from service_messages where workspace_id = ? and contact_id = ? order by id`,
    [workspaceId, id]
  )

const engagementsOf = (workspaceId: number, { id }: Contact) =>
  rowsOf(
    `select campaign_id::text, kind, link_no, verdict, rule, user_agent, occurred_at
     from engagements where workspace_id = ? and contact_id = ? order by occurred_at`,
    [workspaceId, id]
  )

/** Also what waits under their address without being theirs: nobody has confirmed it. */
const signUpsOf = (workspaceId: number, { id, emailHash }: Contact) =>
  rowsOf(
    `select form_id::text, version, state, email, answers, topic_ids::text[], origin, host(ip) as ip, user_agent, created_at,
       mailed_at, confirmed_at, host(confirmed_ip) as confirmed_ip, confirmed_agent, score, signals, judged_at, judged_by,
       judged_reason
     from form_submissions where workspace_id = ? and (contact_id = ? or (email_hash = ? and contact_id is null)) order by id`,
    [workspaceId, id, emailHash]
  )

const historyOf = (workspaceId: number, { id }: Contact, namesTheTeam: boolean) =>
  rowsOf(
    `select action, case when actor_kind in ('user', 'token') and not ? then ? else actor_label end as actor, details, created_at
     from audit_entries where workspace_id = ? and subject_type = 'contact' and subject_id = ? order by id`,
    [namesTheTeam, THE_TEAM, workspaceId, String(id)]
  )

const requestsOf = (workspaceId: number, { id }: Contact) =>
  rowsOf(
    `select kind, state, channel, received_on::text, due_on::text, settled_at from privacy_requests
     where workspace_id = ? and contact_id = ? order by id`,
    [workspaceId, id]
  )

const rowsOf = async (sql: string, bindings: unknown[]) =>
  (await db.rawQuery(sql, bindings as any[])).rows as Record<string, unknown>[]
