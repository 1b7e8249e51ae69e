import vine from '@vinejs/vine'
import { silences } from '#consent'
import { id } from '#platform'

export const reconfirmationValidator = vine.create({
  topic_id: id(),
  segment_id: id().nullable().optional(),
  silence: vine.enum(silences),
  answer_days: vine.number().withoutDecimals().range([7, 90]).optional(),
  remind_after_days: vine.number().withoutDecimals().range([3, 60]).nullable().optional(),
  wording_id: id().nullable().optional(),
})

/** In the address: rules that are not the workspace's yet. */
export const sunsetPreviewValidator = vine.create({
  days: vine.number().withoutDecimals().range([30, 1_095]).optional(),
  mails: vine.number().withoutDecimals().range([1, 50]).optional(),
})

/** In the address: whom it would ask. */
export const askPreviewValidator = vine.create({ topic_id: id(), segment_id: id().optional() })
