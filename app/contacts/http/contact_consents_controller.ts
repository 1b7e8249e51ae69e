import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import {
  consentLedger,
  consentState,
  InvalidConsent,
  judge,
  recordConsent,
  verifyLedger,
  wishesOf,
  wishJson,
  type Basis,
} from '#consent'
import { NoSuchContact } from '../errors.ts'
import { Contact } from '../models/contact.ts'
import { checkValidator, consentValidator } from './contacts_validator.ts'

/**
 * What one person agreed to: `GET/POST /contacts/:id/consents`, its proof, and `POST /consents/check`. They are here
 * because consent knows no contacts: it is asked with an id and an address hash.
 */
export default class ContactConsentsController {
  async index({ params, workspace }: HttpContext) {
    return consentsOf(await Contact.of(workspace).findOrFail(params.id))
  }

  async store({ params, request, response, workspace, actor }: HttpContext) {
    const contact = await Contact.present(workspace).findOrFail(params.id)
    const input = await request.validateUsing(consentValidator)
    const isProgram = actor.kind === 'token'
    const channel = input.channel ?? 'email'
    const { entries } = await db.transaction((trx) =>
      recordConsent({
        workspaceId: workspace.id,
        people: [contact.id],
        channel,
        topicId: input.topic_id,
        action: input.action,
        basis: (input.basis ?? 'unknown') as Basis,
        wording: input.wording_id ? { id: input.wording_id, version: input.wording_version } : null,
        statement: input.statement ?? (input.action === 'withdraw' ? 'Withdrawn on their behalf.' : null),
        statementVersion: input.statement_version,
        language: input.language,
        source: input.source ?? (isProgram ? 'API' : 'by hand'),
        sourceKind: isProgram ? 'api' : 'team',
        sourceRef: input.source_ref,
        reason: input.reason,
        ip: input.ip,
        userAgent: input.user_agent,
        occurredAt: moment(input.occurred_at, 'occurred_at'),
        expiresAt: moment(input.expires_at, 'expires_at'),
        actor,
        trx,
      })
    )
    const of = { workspaceId: workspace.id, contactId: contact.id }
    const [entry] = await consentLedger({ ...of, entryId: entries[0].id })
    const state = await consentState({ ...of, emailHash: contact.emailHash })
    return response.created({
      ...entry,
      stands: state.find((row) => row.topic_id === entry.topic_id && row.channel === channel)!,
    })
  }

  /** Evidence for an authority: JSON for programs, a page to print for people (`Accept: text/html`). */
  async proof({ params, request, response, view, workspace }: HttpContext) {
    const contact = await Contact.of(workspace).findOrFail(params.id)
    const merged = await Contact.of(workspace).where('merged_into', contact.id).orderBy('id')
    const proof = {
      workspace: { id: String(workspace.id), name: workspace.name, postal_address: workspace.postalAddress },
      contact: {
        id: String(contact.id),
        email: contact.email,
        first_name: contact.firstName,
        last_name: contact.lastName,
      },
      generated_at: new Date().toISOString(),
      ...(await consentsOf(contact)),
      chain: await chainOf(contact),
      merged: await Promise.all(
        merged.map(async (other) => ({
          contact_id: String(other.id),
          ...(await consentsOf(other)),
          chain: await chainOf(other),
        }))
      ),
    }
    response.vary('accept')
    if (request.accepts(['json', 'html']) !== 'html') return proof
    return response.type('html').send(await view.render('pages/consent_proof', { proof }))
  }

  async check({ request, workspace }: HttpContext) {
    const input = await request.validateUsing(checkValidator)
    const contact = await Contact.present(workspace).where('id', input.contact_id).first()
    if (!contact) throw new NoSuchContact('There is no such contact.', { field: 'contact_id' })
    return judge({
      workspaceId: workspace.id,
      contactId: contact.id,
      emailHash: contact.emailHash,
      channel: input.channel ?? 'email',
      topicId: input.topic_id,
    })
  }
}

async function consentsOf({ workspaceId, id: contactId, emailHash }: Contact) {
  const [state, ledger, wishes] = await Promise.all([
    consentState({ workspaceId, contactId, emailHash }),
    consentLedger({ workspaceId, contactId }),
    wishesOf({ workspaceId, contactId }),
  ])
  return { state, ledger, wishes: wishes.map(wishJson) }
}

async function chainOf({ workspaceId, id: contactId }: Contact) {
  const { entries, breaks } = await verifyLedger({ workspaceId, contactId })
  return { verified: breaks.length === 0, entries, breaks }
}

function moment(given: string | null | undefined, field: string): DateTime | null {
  if (given === null || given === undefined) return null
  const at = DateTime.fromISO(given, { zone: 'utc' })
  if (!at.isValid || at.year < 1970 || at.year > 2200) {
    throw new InvalidConsent(`${field} must be a time like 2026-11-20T09:30:00Z.`, { field })
  }
  return at
}
