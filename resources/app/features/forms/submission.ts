/** A sign-up as the API answers it. */
export const filteredStates = ['pending', 'confirmed', 'granted', 'repeated', 'suppressed', 'erased'] as const

export interface Submission {
  id: string
  version: number
  state:
    'pending' | 'expired' | 'confirmed' | 'granted' | 'repeated' | 'suppressed' | 'doubtful' | 'rejected' | 'erased'
  contact_id: string | null
  email: string | null
  topic_ids: string[]
  origin: string | null
  looks: number
  mailed_at: string | null
  mail_due_at: string | null
  confirmed_at: string | null
  expires_at: string | null
  created_at: string
}
