import vine from '@vinejs/vine'
import { line } from '#platform'

const host = () =>
  vine
    .string()
    .trim()
    .maxLength(253)
    .regex(/^[A-Za-z0-9:]([A-Za-z0-9.:-]*[A-Za-z0-9])?$/)
const port = () => vine.number().withoutDecimals().range([1, 65_535])
const security = () => vine.enum(['tls', 'starttls', 'none'] as const)

const common = {
  address: vine.string().trim().email().maxLength(120),
  user: line(320).minLength(1),
  folder: line(200).minLength(1).optional(),
  after_reading: vine.enum(['keep', 'seen', 'move'] as const).optional(),
  move_to: line(200).minLength(1).nullable().optional(),
}

export const mailboxValidator = vine.create({
  ...common,
  host: host(),
  port: port(),
  security: security(),
  password: vine.string().minLength(1).maxLength(1_000).optional(),
})

const endpoint = () => line(1_000).optional().requiredWhen('kind', '=', 'other')

/** Where the server stands is asked for `other` alone: of Google and Microsoft it is known. */
export const signInValidator = vine.create({
  ...common,
  host: host().optional(),
  port: port().optional(),
  security: security().optional(),
  app: vine.object({
    kind: vine.enum(['google', 'microsoft', 'other'] as const),
    client_id: line(500).minLength(1),
    client_secret: vine.string().trim().minLength(1).maxLength(1_000).optional(),
    tenant: vine
      .string()
      .trim()
      .regex(/^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/)
      .optional(),
    authorization_endpoint: endpoint(),
    token_endpoint: endpoint(),
    scope: line(1_000).optional().requiredWhen('kind', '=', 'other'),
    client_auth: vine.enum(['basic', 'post'] as const).optional(),
  }),
})

/** What a provider puts into the address that it sends somebody back to (RFC 6749 §4.1.2, RFC 9207 §2). */
export const signInAnswerValidator = vine.create({
  state: vine.string().minLength(1).maxLength(200),
  code: vine.string().maxLength(8_000).optional(),
  error: vine.string().maxLength(200).optional(),
  error_description: vine.string().maxLength(4_000).optional(),
  iss: vine.string().maxLength(1_000).optional(),
})
