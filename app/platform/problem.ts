import { Exception } from '@adonisjs/core/exceptions'

export interface ProblemItem {
  code: string
  message: string
  field?: string
  rule?: string
  [more: string]: unknown
}

/**
 * A rule that does not hold. Modules derive their own (`static status`, `static code`); controllers catch nothing, the
 * handler answers `{ errors: [{ code, message, field? }], request_id }` (API.md). The message names the fix.
 *
 * @example
 * throw new TopicInUse('Two campaigns use this topic. Choose another for them first.', { field: 'topic_id' })
 */
export class Problem extends Exception {
  field?: string
  /** More facts for the answer, beside code and message (`checks`, `contact_id` …). */
  facts: Record<string, unknown>

  constructor(message: string, { field, ...facts }: { field?: string; [fact: string]: unknown } = {}) {
    super(message)
    this.field = field
    this.facts = facts
  }

  get items(): ProblemItem[] {
    return [
      {
        code: this.code ?? 'E_PROBLEM',
        message: this.message,
        ...(this.field ? { field: this.field } : {}),
        ...this.facts,
      },
    ]
  }
}
