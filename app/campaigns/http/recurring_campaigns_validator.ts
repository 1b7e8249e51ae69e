import vine from '@vinejs/vine'
import { id, line } from '#platform'

const fields = {
  starts_on: vine
    .string()
    .regex(/^\d{4}-\d\d-\d\d$/)
    .optional(),
  local_time: vine
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .optional(),
  timezone: vine.string().maxLength(64).optional(),
  at_readers_time: vine.boolean({ strict: true }).optional(),
  over_hours: vine.number().withoutDecimals().range([1, 72]).nullable().optional(),
  notice_hours: vine.number().withoutDecimals().range([0, 168]).optional(),
  needs_approval: vine.boolean({ strict: true }).optional(),
  feed: vine
    .object({ url: line(2_000).minLength(1), most: vine.number().withoutDecimals().range([1, 50]).optional() })
    .nullable()
    .optional(),
}
const name = () => line(170).minLength(1)
const rule = () => line(300).minLength(1)

export const createRecurringValidator = vine.create({
  name: name(),
  rule: rule(),
  campaign_id: id().optional(),
  ...fields,
})
export const updateRecurringValidator = vine.create({ name: name().optional(), rule: rule().optional(), ...fields })
export const skipValidator = vine.create({ at: vine.string().maxLength(40) })
export const listRecurringValidator = vine.create({ q: line(200).optional() })
