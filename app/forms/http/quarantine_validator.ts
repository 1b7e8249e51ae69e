import vine from '@vinejs/vine'
import { id, line } from '#platform'

const reason = () => line(500)

export const listQuarantineValidator = vine.create({
  form_id: id().optional(),
  /** Without it: what waits. */
  decision: vine.enum(['none', 'approved', 'rejected'] as const).optional(),
  limit: vine.number().withoutDecimals().range([1, 100]).optional(),
  cursor: vine.string().optional(),
  count: vine.boolean().optional(),
})

export const approveValidator = vine.create({ reason: reason().nullable().optional() })
export const rejectValidator = vine.create({ reason: reason().minLength(3) })

export const decisionsValidator = vine.create({
  decision: vine.enum(['approve', 'reject', 'reopen'] as const),
  ids: vine.array(id()).minLength(1).maxLength(100).distinct(),
  /** A rejection needs one. */
  reason: reason().minLength(3).optional().requiredWhen('decision', '=', 'reject'),
})
