export interface Check {
  id: string
  level: 'block' | 'warn' | 'ok'
  message: string
  /** What to do about it, and the part of the draft where. */
  fix?: string
  field?: string
  /** Of the letter in this one of several languages. */
  language?: string
  evidence?: Record<string, unknown>
}

export const ok = (id: string, message: string, evidence?: Record<string, unknown>): Check => ({
  id,
  level: 'ok',
  message,
  evidence,
})

export const warn = (id: string, message: string, more: Pick<Check, 'fix' | 'field' | 'evidence'> = {}): Check => ({
  id,
  level: 'warn',
  message,
  ...more,
})

/** Where nobody outside reads it, a rule that protects readers is advice. */
export const blockIfReal = ({ isReal }: { isReal: boolean }) => (isReal ? block : warn)

export const block = (id: string, message: string, more: Pick<Check, 'fix' | 'field' | 'evidence'> = {}): Check => ({
  id,
  level: 'block',
  message,
  ...more,
})
