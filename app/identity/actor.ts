/** Who does something, as the audit and the ledger name them. Passed by name into every verb that changes something. */
export interface Actor {
  kind: 'user' | 'token' | 'system' | 'person'
  id: number | null
  label: string
  ip?: string | null
  userAgent?: string | null
  requestId?: string | null
}

/** The product itself, acting on a schedule or on a provider's word. */
export const theSystem: Actor = { kind: 'system', id: null, label: 'Assent' }
