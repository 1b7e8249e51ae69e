export const kinds = ['access', 'portability', 'erasure', 'objection', 'restriction'] as const
export const states = ['unconfirmed', 'open', 'done', 'refused'] as const
export const channels = ['mail', 'phone', 'letter', 'in_person', 'page', 'other'] as const

/** What somebody asks for by right, as the API gives it. */
export interface PrivacyRequest {
  id: string
  kind: (typeof kinds)[number]
  state: (typeof states)[number]
  channel: string
  contact_id: string
  person: string | null
  note: string | null
  received_on: string
  due_on: string
  confirm_until: string | null
  recorded_by: string
  settled_by: string | null
  settled_at: string | null
  outcome: Record<string, unknown>
}

export const isOverdue = ({ state, due_on: due }: PrivacyRequest) =>
  state === 'open' && due < new Date().toISOString().slice(0, 10)
