import type { Tone } from '~/ui'

export interface ImportColumn {
  name: string
  sample: string[]
  suggested: string | null
  /** It looks as though it said who agreed. */
  says_agreement?: boolean
}

export type ImportStatus = 'uploading' | 'analysed' | 'running' | 'done' | 'failed' | 'undone'

export const countNames = [
  'new',
  'changed',
  'unchanged',
  'duplicates_in_file',
  'invalid',
  'suppressed',
  'already_withdrawn',
] as const
export type CountName = (typeof countNames)[number]

/** Three numbers that add up to the people in the file. */
export interface TopicTally {
  topic_id: string
  agreed: number
  said_no: number
  unknown: number
}

export interface ImportRecord {
  id: string
  status: ImportStatus
  file_name: string
  file_bytes: number
  encoding: string | null
  delimiter: string | null
  columns: ImportColumn[]
  rows_estimate: number | null
  counts: Partial<Record<CountName | 'invalid_said_no' | 'agreed' | 'withdrawn', number>> & { by_topic?: TopicTally[] }
  rows_done: number
  rows_total: number | null
  error: string | null
  created_by: string
  created_at: string
  finished_at: string | null
  /** From then on it cannot be undone. */
  settled_at: string | null
}

export const statusTones: Record<ImportStatus, Tone> = {
  uploading: 'busy',
  analysed: 'neutral',
  running: 'busy',
  done: 'good',
  failed: 'bad',
  undone: 'neutral',
}
