import vine from '@vinejs/vine'
import { line, text } from '#platform'

const name = () => line(120).minLength(1)
const description = () => text(1000)
const frequencyCap = () =>
  vine
    .object({
      mails: vine.number().withoutDecimals().range([1, 100]),
      days: vine.number().withoutDecimals().range([1, 90]),
    })
    .nullable()
    .optional()

/** 0: never about this topic; null: as the workspace says. 1 to 29 are refused by the controller. */
const sunsetDays = () => vine.number().withoutDecimals().range([0, 1_095]).nullable().optional()

export const createTopicValidator = vine.create({
  name: name(),
  description: description().optional(),
  public: vine.boolean().optional(),
  double_opt_in: vine.boolean().optional(),
  frequency_cap: frequencyCap(),
  sunset_days: sunsetDays(),
})

export const updateTopicValidator = vine.create({
  name: name().optional(),
  description: description().optional(),
  public: vine.boolean().optional(),
  double_opt_in: vine.boolean().optional(),
  frequency_cap: frequencyCap(),
  sunset_days: sunsetDays(),
  archived: vine.literal(false).optional(),
})
