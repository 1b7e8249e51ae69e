import vine from '@vinejs/vine'
import { line, text } from '#platform'

const name = () => line(120).minLength(1)
const description = () => text(1000)

export const createTopicValidator = vine.create({
  name: name(),
  description: description().optional(),
  public: vine.boolean().optional(),
  double_opt_in: vine.boolean().optional(),
})

export const updateTopicValidator = vine.create({
  name: name().optional(),
  description: description().optional(),
  public: vine.boolean().optional(),
  double_opt_in: vine.boolean().optional(),
  archived: vine.literal(false).optional(),
})
