/** A campaign as the API answers it, and the part that people write. */
import { api } from '~/api'

export const campaignRoute = '/w/$workspaceId/campaigns/$id' as const

const REFRESH_MS = 1_500

/** While mails leave, more than once in two seconds; otherwise when the server says that something changed. */
export const campaignQuery = (id: string) =>
  api.campaigns.show.queryOptions(
    { params: { id } },
    { refetchInterval: ({ state }) => (state.data?.status === 'sending' ? REFRESH_MS : false) }
  )

export interface Audience {
  segment_ids?: string[]
  tag_names?: string[]
  contact_ids?: string[]
  exclude_segment_ids?: string[]
  /** Those whom a re-confirmation asks, or reminds. */
  reconfirmation_id?: string
  part?: 'question' | 'sunset' | 'reminder'
}

export type Utm = Record<string, string | null>

/** What is said in one language. */
export interface Words {
  subject: string
  preheader: string
  content: { kind: 'markdown' | 'html'; source: string }
  text: string | null
}

/** What is written, and saved by itself. */
export interface Draft extends Words {
  name: string
  topic_id: string | null
  audience: Audience
  from: { name: string; email: string }
  reply_to: string | null
  /** The same letter for readers of further languages; none while everybody gets the one. */
  letters: Record<string, Words>
  tracking: { opens: boolean; clicks: boolean }
  utm: Utm | null
}

export const draftFields = [
  'name',
  'topic_id',
  'audience',
  'from',
  'reply_to',
  'subject',
  'preheader',
  'content',
  'text',
  'letters',
  'tracking',
  'utm',
] as const satisfies readonly (keyof Draft)[]

export interface Progress {
  candidates: number
  excluded: number
  queued: number
  sending: number
  accepted: number
  delivered: number
  bounced: number
  complained: number
  suppressed: number
  failed: number
  withheld: number
  unconfirmed: number
  cancelled: number
  state: 'running' | 'paused' | 'stopped' | 'cancelled' | 'finished'
  stop_reason: string | null
  waiting_for: { reason: string; until: string } | null
  /** Where the account's quota will end on the way; null while all of it fits, or nobody knows. */
  quota: {
    period: 'day' | 'month'
    left: number
    short: number
    reached_at: string
    resets_at: string | null
    asks: boolean
  } | null
  /** Mailbox providers that asked for slower delivery, as far as people wait for that. */
  slowed: { domain: string; per_hour: number; people: number; done_at: string; until: string }[]
  plan: { at: string; people: number }[]
  /** Until then nothing has left and it can be taken back. */
  starts_at: string | null
  /** How many mails go first; when it is judged how they were received, null while they leave. */
  first_wave: { mails: number; judged_at: string | null } | null
  keeps_quiet_hours: boolean
  finished_at: string | null
  /** All its mails stayed in the Outbox: nobody got one. */
  in_outbox: boolean
}

export interface Campaign extends Draft {
  id: string
  status: 'draft' | 'scheduled' | 'sending' | 'paused' | 'sent' | 'sent_with_problems' | 'cancelled'
  notice: string | null
  recurring_id: string | null
  reconfirmation_id: string | null
  is_model: boolean
  /** Of its own words, where there are letters in further languages. */
  language: string | null
  occurs_at: string | null
  scheduled_at: string | null
  timing: { local_time: string | null; over_hours: number | null; ignore_quiet_hours: boolean }
  send_started_at: string | null
  finished_at: string | null
  version: number
  tested: boolean
  updated_by: string
  updated_at: string
  progress: Progress | null
}

/** What may still change when a part has left. */
export type Revision = Partial<Pick<Draft, 'subject' | 'preheader' | 'content' | 'text' | 'letters' | 'reply_to'>>

export const draftOf = (campaign: Draft): Draft =>
  Object.fromEntries(draftFields.map((field) => [field, campaign[field]])) as unknown as Draft

/** The fields in which two drafts differ. */
export const differences = (one: Draft, other: Draft) =>
  draftFields.filter((field) => JSON.stringify(one[field]) !== JSON.stringify(other[field]))

export const isEditable = ({ status }: { status: string }) => status === 'draft' || status === 'scheduled'

/** Not all has left, and nobody has cancelled it. */
export const isOpen = ({ status }: { status: string }) => status === 'sending' || status === 'paused'

const questions = ['first_wave', 'restored', 'quota', 'connected'] as const
/** Why it stopped and asks, although nothing is broken. */
export type Question = (typeof questions)[number]

/** `first_wave: 5 of the first 100 mails bounced.`: the word for why it stopped, and the rest, for people. */
export function stopOf({ progress, notice }: Campaign) {
  const [word, ...note] = (progress?.stop_reason ?? notice ?? '').split(': ')
  return { word, note: note.join(': '), question: questions.find((question) => question === word) }
}

export const isStopped = ({ status, progress }: Campaign) => status === 'paused' && progress?.state === 'stopped'
