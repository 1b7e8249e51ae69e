import vine from '@vinejs/vine'

const name = () => vine.string().trim().minLength(1).maxLength(120)
const description = () => vine.string().trim().maxLength(1000)

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
