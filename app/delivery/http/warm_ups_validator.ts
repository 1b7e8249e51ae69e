import vine from '@vinejs/vine'

const params = vine.object({
  domain: vine
    .string()
    .toLowerCase()
    .maxLength(253)
    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/),
})

export const startWarmUpValidator = vine.create({ params, curve: vine.enum(['new', 'existing'] as const) })

export const endWarmUpValidator = vine.create({ params })
