import vine from '@vinejs/vine'
import { line } from '#platform'

export const mailboxValidator = vine.create({
  address: vine.string().trim().email().maxLength(120),
  host: vine
    .string()
    .trim()
    .maxLength(253)
    .regex(/^[A-Za-z0-9:]([A-Za-z0-9.:-]*[A-Za-z0-9])?$/),
  port: vine.number().withoutDecimals().range([1, 65_535]),
  security: vine.enum(['tls', 'starttls', 'none'] as const),
  user: line(320).minLength(1),
  password: vine.string().minLength(1).maxLength(1_000).optional(),
  folder: line(200).minLength(1).optional(),
  after_reading: vine.enum(['keep', 'seen', 'move'] as const).optional(),
  move_to: line(200).minLength(1).nullable().optional(),
})
