import vine from '@vinejs/vine'
import { line } from '#platform'
import { kindNames } from '../providers/kinds.ts'

const host = () =>
  vine
    .string()
    .trim()
    .maxLength(253)
    .regex(/^[A-Za-z0-9:]([A-Za-z0-9.:-]*[A-Za-z0-9])?$/)

/** As Postmark names them. */
const stream = () =>
  vine
    .string()
    .trim()
    .regex(/^[a-z0-9][a-z0-9_-]{0,29}$/)

/** What each kind needs of these says `kinds/`; here is only what a value may look like. */
const credentials = () =>
  vine.object({
    api_key: vine
      .string()
      .trim()
      .regex(/^re_[\w-]{3,200}$/)
      .optional(),
    access_key_id: vine
      .string()
      .trim()
      .regex(/^[A-Z0-9]{16,128}$/)
      .optional(),
    secret_access_key: vine.string().trim().minLength(16).maxLength(200).optional(),
    region: vine
      .string()
      .trim()
      .regex(/^[a-z]{2}(-[a-z]+)+-\d$/)
      .optional(),
    configuration_set: vine
      .string()
      .trim()
      .regex(/^[\w-]{0,64}$/)
      .optional(),
    server_token: vine
      .string()
      .trim()
      .regex(/^[\w-]{10,100}$/)
      .optional(),
    broadcast_stream: stream().optional(),
    transactional_stream: stream().optional(),
    host: host().optional(),
    port: vine.number().withoutDecimals().range([1, 65_535]).optional(),
    security: vine.enum(['tls', 'starttls', 'none'] as const).optional(),
    user: line(320).optional(),
    password: vine.string().maxLength(1_000).optional(),
  })

export const addProviderValidator = vine.create({
  kind: vine.enum(kindNames),
  name: line(80).minLength(1).optional(),
  is_fallback: vine.boolean().optional(),
  credentials: credentials(),
})

export const changeProviderValidator = vine.create({
  name: line(80).minLength(1).optional(),
  is_fallback: vine.boolean().optional(),
  status: vine.enum(['ok', 'off'] as const).optional(),
  position: vine.number().withoutDecimals().range([1, 20]).optional(),
  credentials: credentials().optional(),
})

export const testProviderValidator = vine.create({ send: vine.boolean().optional() })

export const letReceiveValidator = vine.create({ address: line(320), reason: line(1000).minLength(3) })
