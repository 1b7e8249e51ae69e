import { DateTime } from 'luxon'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { audit, type Actor } from '#identity'
import { touch } from '#platform'
import { ContactGone, InvalidContact } from '../errors.ts'
import type { Contact } from '../models/contact.ts'
import { PrivacyRequest, type RequestKind } from '../models/privacy_request.ts'

export interface AskedFor {
  kind: RequestKind
  channel: string
  note?: string | null
  /** The day on which it came; today unless said. */
  receivedOn?: string | null
  /** Who reads the mail of this address (its keyed hash) has to confirm it first. */
  mustConfirm?: { addressHash: Buffer; until: DateTime }
}

/**
 * Writes down what somebody asked for. It is due one month after it came (GDPR art. 12(3)), on the last day of that month
 * where it has no such day.
 *
 * @throws ContactGone (409), InvalidContact (422, field "received_on")
 */
export async function recordRequest({
  workspaceId,
  contact,
  asked,
  actor,
  trx,
}: {
  workspaceId: number
  contact: Contact
  asked: AskedFor
  actor: Actor
  trx: TransactionClientContract
}): Promise<PrivacyRequest> {
  if (contact.erasedAt) throw new ContactGone('This person is erased already: nothing is kept that they could ask for.')
  const today = DateTime.utc().startOf('day')
  const received = asked.receivedOn ? DateTime.fromISO(asked.receivedOn, { zone: 'utc' }).startOf('day') : today
  if (!received.isValid || received > today.plus({ days: 1 }) || received < today.minus({ years: 2 })) {
    throw new InvalidContact('received_on must be a day of the last two years, like 2026-11-20.', {
      field: 'received_on',
    })
  }
  const request = await PrivacyRequest.create(
    {
      workspaceId,
      contactId: contact.id,
      kind: asked.kind,
      channel: asked.channel,
      note: asked.note ?? null,
      receivedOn: received,
      dueOn: received.plus({ months: 1 }),
      state: asked.mustConfirm ? 'unconfirmed' : 'open',
      addressHash: asked.mustConfirm?.addressHash ?? null,
      confirmUntil: asked.mustConfirm?.until ?? null,
      outcome: {},
      recordedBy: actor.label,
    },
    { client: trx }
  )
  await audit('privacy_request.recorded', {
    workspaceId,
    actor,
    subject: { type: 'contact', id: contact.id },
    details: { request_id: String(request.id), kind: asked.kind },
    trx,
  })
  await touch(trx, workspaceId, ['privacy_requests'])
  return request
}

/** What this person waits for already, or what is asked for now. */
export async function openRequest({
  contact,
  kind,
  note = null,
  ...by
}: {
  workspaceId: number
  contact: Contact
  kind: RequestKind
  note?: string | null
  actor: Actor
  trx: TransactionClientContract
}): Promise<PrivacyRequest> {
  const waiting = await PrivacyRequest.query({ client: by.trx })
    .where({ workspaceId: by.workspaceId, contactId: contact.id, kind, state: 'open' })
    .orderBy('id')
    .first()
  return waiting ?? recordRequest({ ...by, contact, asked: { kind, channel: 'other', note } })
}
