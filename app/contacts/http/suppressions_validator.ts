import vine from '@vinejs/vine'
import { line } from '#platform'

export const suppressionFileValidator = vine.create({
  /** `1`: count, change nothing. */
  dry_run: vine.boolean().optional(),
  reason: vine
    .enum(['imported', 'manual', 'unsubscribed_all', 'objection', 'hard_bounce', 'complaint'] as const)
    .optional(),
  note: line(1000).optional(),
})

export const unsuppressValidator = vine.create({
  reason: line(1000).minLength(3),
  address: line(320).optional(),
  /** A query string with one of them gives text. */
  addresses: vine
    .array(line(320))
    .parse((value) => (typeof value === 'string' ? [value] : value))
    .minLength(1)
    .maxLength(10_000)
    .optional(),
})
