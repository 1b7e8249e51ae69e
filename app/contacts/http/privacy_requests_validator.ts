import vine from '@vinejs/vine'
import { line } from '#platform'
import { requestKinds } from '../models/privacy_request.ts'

export const requestChannels = ['mail', 'phone', 'letter', 'in_person', 'page', 'other'] as const

export const listRequestsValidator = vine.create({
  state: vine.enum(['unconfirmed', 'open', 'done', 'refused'] as const).optional(),
  contact_id: vine.number().withoutDecimals().positive().optional(),
  limit: vine.number().withoutDecimals().range([1, 100]).optional(),
  cursor: vine.string().optional(),
  count: vine.boolean().optional(),
})

export const recordRequestValidator = vine.create({
  contact_id: vine.number().withoutDecimals().positive(),
  kind: vine.enum(requestKinds),
  /** How it came. */
  channel: vine.enum(requestChannels).optional(),
  received_on: vine.string().optional(),
  note: line(1000).nullable().optional(),
})

export const refuseRequestValidator = vine.create({ reason: line(1000).minLength(3) })
