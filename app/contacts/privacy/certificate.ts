import type { PrivacyRequest } from '../models/privacy_request.ts'

/**
 * What was done about a request, for the person and for an authority, without naming anybody: the keyed hash (HMAC-SHA-256
 * with the installation's key) lets whoever runs it recognise the address again when the person names it.
 */
export function certificateOf(
  request: PrivacyRequest,
  workspace: { id: number; name: string; postalAddress: string | null }
) {
  const { records = {}, address_hash: hash = null } = request.outcome as any
  return {
    certificate: `request ${request.id}`,
    kind: request.kind,
    controller: { name: workspace.name, postal_address: workspace.postalAddress },
    contact_id: String(request.contactId),
    received_on: request.receivedOn.toISODate()!,
    due_on: request.dueOn.toISODate()!,
    done_at: request.settledAt!.toUTC().toISO()!,
    done_by: request.settledBy!,
    records: records as Record<string, number>,
    address_hash: hash as string | null,
    kept: request.kind === 'erasure' ? KEPT_AFTER_ERASURE : [],
  }
}

const KEPT_AFTER_ERASURE = [
  'a keyed hash of the address, so that it is not written to again',
  'that and when somebody agreed and withdrew, without name, address, IP and user agent',
  'numbers: how many mails were sent, delivered, opened and clicked',
]
