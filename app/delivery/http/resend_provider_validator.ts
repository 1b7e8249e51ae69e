import vine from '@vinejs/vine'

export const connectResendValidator = vine.create({
  api_key: vine
    .string()
    .trim()
    .regex(/^re_[\w-]{3,200}$/),
})
