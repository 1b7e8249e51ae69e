import vine from '@vinejs/vine'
import { line } from '#platform'

export const suppressValidator = vine.create({
  address: line(320).optional(),
  addresses: vine.array(line(320)).minLength(1).maxLength(10_000).optional(),
  channel: vine.enum(['email']).optional(),
  reason: vine.enum(['manual', 'unsubscribed_all', 'objection', 'hard_bounce', 'complaint', 'imported']).optional(),
  note: line(1000).nullable().optional(),
})
