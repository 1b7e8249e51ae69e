/** Doubtful sign-ups as the API answers them. */
import type { Tone } from '~/ui'

export const decisions = ['approved', 'rejected'] as const

export interface Quarantined {
  id: string
  form: { id: string; name: string | null }
  decision: 'none' | (typeof decisions)[number]
  state: 'doubtful' | 'pending' | 'confirmed' | 'repeated' | 'suppressed' | 'rejected' | 'erased' | 'granted'
  email: string | null
  answers: Record<string, unknown>
  topics: { id: string; name: string | null }[]
  score: number
  signals: { name: string; points: number; sentence: string }[]
  times: number
  origin: string | null
  ip: string | null
  user_agent: string | null
  contact_id: string | null
  judged_at: string | null
  judged_by: string | null
  reason: string | null
  created_at: string
  forgotten_at: string | null
}

/** Half as much again as what made it doubtful, and more. */
export const toneOf = ({ score }: Quarantined): Tone => (score >= 75 ? 'bad' : 'warning')
