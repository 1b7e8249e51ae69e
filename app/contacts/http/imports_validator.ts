import vine from '@vinejs/vine'

export const importOptionsValidator = vine.create({
  mapping: vine.record(vine.string().nullable()),
  on_conflict: vine.enum(['update', 'skip'] as const).optional(),
  tags: vine.array(vine.string().maxLength(200)).maxLength(50).optional(),
  consent: vine
    .object({
      channel: vine.string().optional(),
      topic_ids: vine.array(vine.string()).maxLength(50),
      basis: vine.string(),
      statement: vine.string().trim().minLength(1).maxLength(5000),
      source: vine.string().trim().minLength(1).maxLength(500),
      collected_at: vine.string(),
    })
    .nullable()
    .optional(),
})
