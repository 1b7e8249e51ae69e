import vine from '@vinejs/vine'
import { id, line } from '#platform'

/** Shapes and sizes only; what a value must be like is said by the verbs (contact_input.ts), for imports too. */
const person = () => ({
  email: line(320).nullable().optional(),
  phone: line(60).nullable().optional(),
  external_id: line(200).nullable().optional(),
  first_name: line(200).nullable().optional(),
  last_name: line(200).nullable().optional(),
  locale: line(40).nullable().optional(),
  timezone: line(64).nullable().optional(),
  attributes: vine.object({}).allowUnknownProperties().nullable().optional(),
  tags: vine.array(line(60)).maxLength(100).nullable().optional(),
})

export const contactValidator = vine.create(person())

export const mergeValidator = vine.create({ into: id() })

/** Why: for the team, and the request's note. */
export const restrictValidator = vine.create({ reason: line(1000).nullable().optional() })
export const liftRestrictionValidator = vine.create({ reason: line(1000).minLength(3) })

/** What is told about any declaration, whatever it is about. */
const declaration = () => ({
  action: vine.enum(['grant', 'withdraw']),
  wording_id: id().nullable().optional(),
  wording_version: vine.number().withoutDecimals().positive().max(2_147_483_647).nullable().optional(),
  statement: line(5000).minLength(1).nullable().optional(),
  statement_version: line(100).nullable().optional(),
  language: line(40).nullable().optional(),
  source: line(300).minLength(1).optional().requiredWhen('action', '=', 'grant'),
  source_ref: line(300).nullable().optional(),
  reason: line(1000).nullable().optional(),
  occurred_at: vine.string().maxLength(40).nullable().optional(),
  expires_at: vine.string().maxLength(40).nullable().optional(),
  ip: vine.string().ipAddress().nullable().optional(),
  user_agent: line(500).nullable().optional(),
})

export const wakeValidator = vine.create({ topic_id: id(), reason: line(500).minLength(1) })

export const consentValidator = vine.create({
  channel: vine.enum(['email']).optional(),
  topic_id: id(),
  basis: line(40).optional().requiredWhen('action', '=', 'grant'),
  ...declaration(),
})

export const trackingValidator = vine.create(declaration())

export const checkValidator = vine.create({
  contact_id: id(),
  channel: vine.enum(['email']).optional(),
  topic_id: id(),
})
