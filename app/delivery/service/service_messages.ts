import { keysetPage, type Page } from '#platform'
import { ServiceMessage } from '../models/service_message.ts'

export interface ServiceMessageJson {
  id: string
  /** Null once the person was erased. */
  to: string | null
  contact_id: string | null
  subject: string | null
  status: string
  reason: string | null
  note: string | null
  provider_id: string | null
  created_at: string
  /** What happened, oldest first. */
  history: { what: string; at: string }[]
}

/** The newest first. What they said is not kept, only what became of them. */
export function serviceMessages(
  { workspaceId, status, contactId }: { workspaceId: number; status?: string; contactId?: number },
  page: { limit: number; cursor?: string; count?: boolean }
): Promise<Page<ServiceMessageJson>> {
  const query = ServiceMessage.of({ id: workspaceId }).select(ServiceMessage.shown)
  if (status) query.where('state', status === 'sending' ? 'sealed' : status)
  if (contactId !== undefined) query.where('contact_id', contactId)
  return keysetPage(query, {
    ...page,
    sort: [{ column: 'id', direction: 'desc', value: (message: ServiceMessage) => message.id }],
    toJson: serviceMessageJson,
  })
}

export function serviceMessageJson(message: ServiceMessage): ServiceMessageJson {
  return {
    id: String(message.id),
    to: message.email,
    contact_id: message.contactId === null ? null : String(message.contactId),
    subject: message.subject,
    status: message.status,
    reason: message.reason,
    note: message.note,
    provider_id: message.providerId,
    created_at: message.createdAt.toUTC().toISO()!,
    history: historyOf(message),
  }
}

function historyOf(message: ServiceMessage): ServiceMessageJson['history'] {
  return (
    [
      ['queued', message.createdAt],
      ['sending', message.acceptedAt || message.state === 'sealed' ? message.sealedAt : null],
      ['accepted', message.acceptedAt],
      ['found_in_list', message.foundAt],
      ['delivered', message.deliveredAt],
      [message.status, message.endedAt],
    ] as const
  )
    .flatMap(([what, at]) => (at ? [{ what, at: at.toUTC().toISO()! }] : []))
    .sort((a, b) => a.at.localeCompare(b.at))
}
